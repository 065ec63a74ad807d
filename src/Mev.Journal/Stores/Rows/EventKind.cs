namespace Mev.Journal.Stores.Rows;

/// <summary>What happened beside decisions, hand-overs, outcomes and policies.</summary>
public enum EventKind
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>What a strategy learns was changed: a reset, another prior, a freeze or its end.</summary>
    Learning = 1,

    /// <summary>A writer of the journal began or ended.</summary>
    Writer = 2,

    /// <summary>The signer refused an intent.</summary>
    SigningRefusal = 3,

    /// <summary>The treasury was ordered to sign.</summary>
    Treasury = 4,
}
