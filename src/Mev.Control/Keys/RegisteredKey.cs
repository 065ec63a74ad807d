using Mev.Control.Signatures;

namespace Mev.Control.Keys;

/// <summary>
/// A key of the registry with its history, so that what it signed at any moment can be judged as of that moment. Times
/// are Unix milliseconds.
/// </summary>
public sealed record RegisteredKey
{
    /// <summary>The key.</summary>
    public required Ed25519PublicKey PublicKey { get; init; }

    /// <summary>Whose it is.</summary>
    public required PrincipalId Principal { get; init; }

    /// <summary>What it is for.</summary>
    public required KeyKind Kind { get; init; }

    /// <summary>The roles of its principal that it may use.</summary>
    public required Roles Granted { get; init; }

    /// <summary>First moment.</summary>
    public required long NotBeforeMs { get; init; }

    /// <summary>Last moment.</summary>
    public required long NotAfterMs { get; init; }

    /// <summary>When it was added.</summary>
    public required long AddedMs { get; init; }

    /// <summary>When it proved that it is held; null while it did not.</summary>
    public long? ConfirmedMs { get; init; }

    /// <summary>When it was revoked; null while it is not.</summary>
    public long? RevokedMs { get; init; }

    /// <summary>What it is worth at a moment.</summary>
    public KeyStatus StatusAt(long unixMs) =>
        RevokedMs <= unixMs ? KeyStatus.Revoked
        : unixMs < Math.Max(NotBeforeMs, AddedMs) || unixMs > NotAfterMs ? KeyStatus.OutOfTime
        : ConfirmedMs <= unixMs ? KeyStatus.Active
        : KeyStatus.Pending;

    /// <summary>
    /// Its owner has to bring another one by now: it counts, and ends within
    /// <see cref="KeyRegistry.EndsSoonMs"/>. Keys of sessions end by themselves every day.
    /// </summary>
    public bool EndsSoon(long unixMs) => Kind == KeyKind.LongTerm && StatusAt(unixMs) == KeyStatus.Active
        && NotAfterMs - unixMs <= KeyRegistry.EndsSoonMs;

    /// <summary>
    /// What it signs counts at that moment: as its principal's, or, while it is pending, as the proof that it is held.
    /// </summary>
    public bool IsUsable(long unixMs) => StatusAt(unixMs) is KeyStatus.Active or KeyStatus.Pending;
}
