namespace Mev.Grains.Abstractions.Bundles;

/// <summary>What became of a request to send.</summary>
public enum SendVerdict
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>The bytes were handed to the sender.</summary>
    Sent = 1,

    /// <summary>Trading is stopped, or was when this was to be sent; nothing leaves, also not later.</summary>
    Stopped = 2,

    /// <summary>The journal holds no such intent; nothing left.</summary>
    IntentMissing = 3,

    /// <summary>The intent's message does not have the hash that it states; nothing left.</summary>
    HashMismatch = 4,

    /// <summary>Another strategy's intent holds the opportunity; nothing left.</summary>
    Taken = 5,

    /// <summary>The outcome is known already; nothing left again.</summary>
    AlreadyResolved = 6,

    /// <summary>The signer refused, by a rule that its record names; nothing left.</summary>
    NotSigned = 7,

    /// <summary>The sender failed over the bytes, which may have left: what is observed of them counts.</summary>
    InDoubt = 8,
}
