using Mev.DevHost.Summaries;
using Mev.Gateway.Overviews;

namespace Mev.Fault.Tests.Summaries;

public sealed class SummaryClockTests : IDisposable
{
    private static readonly long SecondNs = (long)TimeSpan.FromSeconds(1).TotalNanoseconds;

    private readonly AppendLatency _appends = new();

    /// <summary>Numbers that were long in coming are taken at one moment with those that were asked for next.</summary>
    [Fact]
    public void Rates_are_over_the_time_between_the_counts_and_not_between_the_looks()
    {
        var clock = new SummaryClock(TimeProvider.System, _appends);
        var begin = DateTimeOffset.UnixEpoch.AddDays(40_000); // later than any clock of a machine says
        var first = (long)(begin - DateTimeOffset.UnixEpoch).TotalNanoseconds;
        clock.Take(Of(first, 10_000, 100_000));

        var slow = clock.Take(Of(first + 2 * SecondNs, 16_000, 160_000));
        Assert.Equal((3_000.0, 30_000.0), (slow.UpdatesPerSecond, slow.CandidatesPerSecond));
        var next = clock.Take(Of(first + 7 * SecondNs, 31_000, 310_000));
        Assert.Equal((3_000.0, 30_000.0), (next.UpdatesPerSecond, next.CandidatesPerSecond));
        var still = clock.Take(Of(first + 7 * SecondNs, 31_000, 310_000)); // nothing was counted anew
        Assert.Equal((0.0, 0.0), (still.UpdatesPerSecond, still.CandidatesPerSecond));
    }

    [Fact]
    public void Before_the_first_count_nothing_flows()
    {
        var moment = new SummaryClock(TimeProvider.System, _appends).Take(Of(0, 0, 0));
        Assert.Equal((0.0, 0.0), (moment.UpdatesPerSecond, moment.CandidatesPerSecond));
    }

    private static Overview Of(long countedNs, long updates, long evaluated) => new()
    {
        Feed = new("", 0, null, default, IsComplete: false, IsFailed: false, "", 0, 0, 0, 0),
        Candidates = new(countedNs, updates, evaluated, 0, 0, 0, 0),
        Decisions = new(0, 0, 0, 0, new()),
        Outcomes = new(0, 0, 0, 0, 0, 0, 0, new()),
        LandRate = new LandRate(0, 0),
        Profit = new(default, default, default),
        Policy = new(0, IsStopped: false),
        Model = new(Current: null, IsStale: false, ""),
        Store = null,
        Journal = new(IsAvailable: true, 0),
        Strategies = [],
        Shards = [],
        Listed = [],
        Limits = [],
        Input = [],
    };

    public void Dispose() => _appends.Dispose();
}
