using Mev.Adapters.Paper;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper.Generation;

/// <summary>Readings of generated markets.</summary>
internal static class Generated
{
    public static GeneratedFeed Feed(GeneratedFeedOptions options) => new(options, TimeProvider.System);

    /// <summary>Reads a feed and keeps the state that it leads to; says each batch before it is taken.</summary>
    public static async Task<PaperLedger> Replay(
        IMarketFeed feed, Dictionary<PoolId, Pool> pools, Action<FeedBatch, PaperLedger>? before = null)
    {
        var ledger = new PaperLedger(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        await foreach (var batch in feed.Read(TestContext.Current.CancellationToken))
        {
            before?.Invoke(batch, ledger);
            foreach (var item in batch.Events.ToArray())
            {
                if (item.Kind != FeedEventKind.AccountWrite) continue;
                ledger.Load(item.Write);
                var id = new PoolId(item.Write.Key);
                if (ledger.Find(id) is { } pool) pools.TryAdd(id, pool);
            }
        }
        return ledger;
    }

    public static double Price(Pool pool) =>
        Math.Sqrt(pool.MarginalRate(SwapDirection.AToB) / pool.MarginalRate(SwapDirection.BToA));

    public static ulong Amount(ReadOnlySpan<byte> vault) => BitConverter.ToUInt64(vault[64..]);

    public static IEnumerable<AccountWrite> Writes(FeedBatch batch) => batch.Events.ToArray()
        .Where(item => item.Kind == FeedEventKind.AccountWrite).Select(item => item.Write);
}
