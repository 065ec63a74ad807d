using Mev.Control.Signatures;

namespace Mev.Control.Keys;

/// <summary>A change of the registry, as it is recorded. Who asked for it stands in the command's record.</summary>
/// <param name="AtMs">When, Unix milliseconds.</param>
public abstract record KeyEvent(long AtMs)
{
    /// <summary>A principal has these roles from now on and no others.</summary>
    /// <param name="Principal">Who; not known before, or with other roles.</param>
    /// <param name="Roles">At least one.</param>
    /// <param name="AtMs">When, Unix milliseconds.</param>
    public sealed record RolesSet(PrincipalId Principal, Roles Roles, long AtMs) : KeyEvent(AtMs);

    /// <summary>A key was added; it counts once it is confirmed.</summary>
    /// <param name="Key">The key, in neither way confirmed nor revoked.</param>
    public sealed record KeyAdded(RegisteredKey Key) : KeyEvent(Key.AddedMs);

    /// <summary>The key signed that it is held.</summary>
    /// <param name="Key">Which.</param>
    /// <param name="AtMs">When, Unix milliseconds.</param>
    public sealed record KeyConfirmed(KeyId Key, long AtMs) : KeyEvent(AtMs);

    /// <summary>The key counts no more.</summary>
    /// <param name="Key">Which.</param>
    /// <param name="AtMs">When, Unix milliseconds.</param>
    public sealed record KeyRevoked(KeyId Key, long AtMs) : KeyEvent(AtMs);
}
