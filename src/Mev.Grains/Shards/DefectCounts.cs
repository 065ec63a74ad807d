using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Grains.Shards;

/// <summary>
/// How often this silo's shards took a pool state whose bytes cannot be quoted, by why. A pool that two shards read
/// counts in both.
/// </summary>
public sealed class DefectCounts
{
    private static readonly string[] Names =
    [
        "", "pools.account-missing", "pools.account-closed", "pools.wrong-owner", "pools.wrong-layout",
        "pools.impossible-value", "pools.unproven-rule", "pools.restricted-mint", "pools.transfer-fee",
    ];

    private readonly long[] _counts = new long[Names.Length];

    /// <summary>A shard took a state; nothing is counted when it can be quoted.</summary>
    public void Count(PoolDefect defect)
    {
        if (defect != PoolDefect.None) Interlocked.Increment(ref _counts[(int)defect]);
    }

    /// <summary>The counts as of now.</summary>
    public IEnumerable<InputCount> Input() =>
        Names.Index().Skip(1).Select(name => new InputCount(name.Item, Interlocked.Read(ref _counts[name.Index])));
}
