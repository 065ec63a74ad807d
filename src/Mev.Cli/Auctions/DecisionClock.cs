using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Learning;

namespace Mev.Cli.Auctions;

/// <summary>How long the factored sampler takes to decide on this machine, measured call by call.</summary>
internal sealed record DecisionClock(double MedianUs, double P99Us)
{
    private const int Learnt = 2_000;
    private const int WarmCalls = 20_000;
    private const int Calls = 200_000;

    public static DecisionClock Measure()
    {
        var sampler = new FactoredSampler(FactoredTerms.Profit);
        var recorder = new RecordingBidder(new SamplerBidder(1, sampler));
        new AuctionRun(1, new AuctionTerms(), recorder).Play(Learnt);
        var contexts = recorder.Contexts;
        var ticks = new long[Calls];
        for (var call = -WarmCalls; call < Calls; call++)
        {
            var context = contexts[(call + WarmCalls) % contexts.Count];
            var stream = new DrawStream(new RandomKey(7), (ulong)(call + WarmCalls));
            var begin = TimeProvider.System.GetTimestamp();
            sampler.Choose(context, stream);
            if (call >= 0) ticks[call] = TimeProvider.System.GetTimestamp() - begin;
        }
        Array.Sort(ticks);
        double Us(long count) => 1e6 * count / TimeProvider.System.TimestampFrequency;
        return new DecisionClock(Us(ticks[Calls / 2]), Us(ticks[Calls * 99 / 100]));
    }
}
