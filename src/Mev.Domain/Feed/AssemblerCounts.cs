namespace Mev.Domain.Feed;

/// <summary>What an assembler took, dropped and undid since it was made. Written by its thread only.</summary>
public sealed class AssemblerCounts
{
    /// <summary>Account writes taken in, whatever became of them.</summary>
    public long Writes { get; internal set; }

    /// <summary>Writes that became their account's newest value.</summary>
    public long Applied { get; internal set; }

    /// <summary>Writes with the version of a known value: dropped.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Writes older than their account's newest value: kept for a roll back, or dropped.</summary>
    public long Late { get; internal set; }

    /// <summary>Writes of a dead or abandoned slot: dropped.</summary>
    public long DeadSlotWrites { get; internal set; }

    /// <summary>Writes of accounts that no pool names (so far): kept as long as there is room.</summary>
    public long UnknownAccounts { get; internal set; }

    /// <summary>Values of the clock account that do not tell the time: dropped.</summary>
    public long Undecodable { get; internal set; }

    /// <summary>Writes longer than the bound: taken without their bytes.</summary>
    public long Oversize { get; internal set; }

    /// <summary>Transactions closed.</summary>
    public long Transactions { get; internal set; }

    /// <summary>Transactions cut because they wrote more accounts than the bound.</summary>
    public long TransactionsCut { get; internal set; }

    /// <summary>Slot statuses taken in.</summary>
    public long SlotStatuses { get; internal set; }

    /// <summary>Slots undone: dead, or not an ancestor of a confirmed one.</summary>
    public long SlotsRolledBack { get; internal set; }

    /// <summary>Account values undone with them.</summary>
    public long WritesRolledBack { get; internal set; }

    /// <summary>Dead slots that were confirmed later: their writes are missing, so every pool is gapped.</summary>
    public long Contradictions { get; internal set; }

    /// <summary>Gaps told by the feed.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Events without a meaning: unknown kind or status, a parent not before its slot.</summary>
    public long UnknownEvents { get; internal set; }

    /// <summary>Accounts forgotten before a pool named them.</summary>
    public long OrphansEvicted { get; internal set; }

    /// <summary>Versions forgotten at the bound of one account.</summary>
    public long VersionsEvicted { get; internal set; }

    /// <summary>Slots taken as finalized at the bound.</summary>
    public long SlotsEvicted { get; internal set; }

    /// <summary>Dead slots forgotten at the bound.</summary>
    public long DeadSlotsEvicted { get; internal set; }

    /// <summary>Pools not taken up, at the bound or because they name another address.</summary>
    public long PoolsRefused { get; internal set; }

    /// <summary>Accounts not joined at the bound of one pool, which is incomplete then.</summary>
    public long PoolAccountsRefused { get; internal set; }

    /// <summary>
    /// Pools that lost a part and were not remembered: every pool that appears is incomplete from then on.
    /// </summary>
    public long LostPoolsLeftOut { get; internal set; }

    /// <summary>Pools removed after their closing was final.</summary>
    public long PoolsRemoved { get; internal set; }
}
