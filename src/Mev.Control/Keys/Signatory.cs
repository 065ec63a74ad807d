using Mev.Control.Signatures;

namespace Mev.Control.Keys;

/// <summary>Who stands behind a verified signature at one moment.</summary>
/// <param name="Key">The key that signed.</param>
/// <param name="Principal">Whose it is.</param>
/// <param name="Roles">The roles that it may use, at least one.</param>
/// <param name="Kind">What the key is for.</param>
public sealed record Signatory(KeyId Key, PrincipalId Principal, Roles Roles, KeyKind Kind)
{
    /// <summary>At least one of these roles.</summary>
    internal bool IsAny(Roles roles) => (Roles & roles) != 0;
}
