namespace Mev.Control.Keys;

/// <summary>What a key is worth at a moment.</summary>
public enum KeyStatus
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Added, but whoever holds it did not prove it yet: it may only do that.</summary>
    Pending = 1,

    /// <summary>It signs for its principal.</summary>
    Active = 2,

    /// <summary>Before its time, after it, or before it was added.</summary>
    OutOfTime = 3,

    /// <summary>Revoked, for ever.</summary>
    Revoked = 4,
}
