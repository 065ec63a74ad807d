namespace Mev.Adapters.Solana.Transactions;

/// <summary>Forms of a message.</summary>
public enum MessageVersion
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Every key is in the message.</summary>
    Legacy = 1,

    /// <summary>Version 0: keys may come from lookup tables.</summary>
    V0 = 2,
}
