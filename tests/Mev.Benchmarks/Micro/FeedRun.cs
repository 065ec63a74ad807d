using System.Diagnostics;
using Mev.Benchmarks.Loads;
using Mev.Benchmarks.Pipeline;
using Mev.Benchmarks.Reports;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Benchmarks.Micro;

/// <summary>What one thread needs for an update with nothing else running: loading, assembling, copying.</summary>
internal sealed class FeedRun(LoadUniverse universe, Report report)
{
    private const int Updates = 2_000_000;
    private const double AsFastAsPossible = 1e9;

    public async Task Run()
    {
        Report.Section($"Feed, one thread, {Updates:#,0} updates of {universe.Pools.Length:#,0} pools");
        var load = await Time(assembler: null, isCopied: false);
        report.Add(Figure.Of("the load's own part", load, "ns/update"));
        var assembled = await Time(New(), isCopied: false);
        report.Add(Figure.Of("assemble", assembled - load, "ns/update"));
        var copied = await Time(New(), isCopied: true);
        report.Add(Figure.Of("copy to a shard", copied - assembled, "ns/update"));
    }

    private static PoolAssembler New() => new(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);

    private async Task<double> Time(PoolAssembler? assembler, bool isCopied)
    {
        var feed = new LoadFeed(universe, LoadMix.Market, new LatencyProbe(TimeProvider.System), TimeProvider.System);
        feed.SetRate(AsFastAsPossible);
        var updates = new List<AssembledPool>();
        var copies = new Pool[universe.Pools.Length];
        var (before, started) = (0L, 0L);
        await foreach (var batch in feed.Read())
        {
            if (feed.Sent > Updates && started == 0) (before, started) = (feed.Sent, Stopwatch.GetTimestamp());
            assembler?.Take(batch);
            assembler?.Drain(updates);
            foreach (var update in updates)
                if (isCopied) update.CopyTo(copies[update.Number] ??= update.Copy());
            if (feed.Sent >= Updates + Updates / 4) break;
        }
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / (feed.Sent - before);
    }
}
