namespace Mev.Domain.Feed;

/// <summary>What became of a slot.</summary>
public enum SlotStatus : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Executed by the node; may lie on a fork.</summary>
    Processed,

    /// <summary>Voted for by two thirds of the stake.</summary>
    Confirmed,

    /// <summary>Cannot be undone.</summary>
    Finalized,

    /// <summary>Abandoned: its writes never happened.</summary>
    Dead,
}
