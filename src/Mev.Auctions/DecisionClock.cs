using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Learning;
using Mev.Domain.Models;

namespace Mev.Auctions;

/// <summary>How long the factored sampler takes to decide on this machine, measured call by call.</summary>
/// <param name="HasModel">Whether a model's offset is of the decision.</param>
/// <param name="MedianUs">Microseconds, median.</param>
/// <param name="P99Us">Microseconds, 99th percentile.</param>
/// <param name="Bytes">Allocated by a decision, in the mean.</param>
public sealed record DecisionClock(bool HasModel, double MedianUs, double P99Us, double Bytes)
{
    private const int Learnt = 2_000;
    private const int WarmCalls = 20_000;

    /// <summary>Decides that often about what a sampler saw in one seed's market.</summary>
    /// <param name="calls">Calls that are timed.</param>
    /// <param name="model">The model whose offset it uses; null for none.</param>
    public static DecisionClock Measure(int calls, OffsetModel? model = null)
    {
        var bidder = new SamplerBidder(1, new FactoredSampler(FactoredTerms.Profit), model: model);
        var recorder = new RecordingBidder(bidder);
        new AuctionRun(1, new AuctionTerms(), recorder).Play(Learnt);
        Time(bidder, recorder.Views, new long[WarmCalls]);
        var ticks = new long[calls];
        var bytes = Time(bidder, recorder.Views, ticks);
        Array.Sort(ticks);
        return new DecisionClock(
            model is not null, Us(ticks[calls / 2]), Us(ticks[calls * 99 / 100]), (double)bytes / calls);
    }

    /// <summary>Fills in how long each call took, in the clock's ticks; returns the bytes that they took.</summary>
    private static long Time(SamplerBidder bidder, List<AuctionView> views, long[] ticks)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < ticks.Length; call++)
        {
            var view = views[call % views.Count];
            var begin = TimeProvider.System.GetTimestamp();
            bidder.Decide(view);
            ticks[call] = TimeProvider.System.GetTimestamp() - begin;
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Us(long count) => 1e6 * count / TimeProvider.System.TimestampFrequency;
}
