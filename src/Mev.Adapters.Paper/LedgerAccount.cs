namespace Mev.Adapters.Paper;

/// <summary>Where an account belongs: to one pool, or as a config or mint to several.</summary>
internal sealed class LedgerAccount
{
    /// <summary>Balance as the feed last told it.</summary>
    public ulong Lamports { get; set; }

    /// <summary>The pools that read it, in the order in which they named it.</summary>
    public List<LedgerPool> Owners { get; } = new(1);
}
