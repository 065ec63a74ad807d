namespace Mev.Simulator.Chain;

/// <summary>What became of a slot, in the steps that a node tells of.</summary>
internal enum SlotStep
{
    Unknown = 0,

    /// <summary>Its bank was made: transactions are executed in it from now on.</summary>
    CreatedBank,

    /// <summary>All its entries are there.</summary>
    Completed,

    /// <summary>It was executed to its end.</summary>
    Processed,

    /// <summary>Two thirds of the stake voted for it.</summary>
    Confirmed,

    /// <summary>It cannot be undone.</summary>
    Finalized,

    /// <summary>It was given up: nothing in it ever happened.</summary>
    Dead,
}
