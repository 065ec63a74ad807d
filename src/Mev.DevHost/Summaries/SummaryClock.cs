using Mev.Gateway.Overviews;
using Mev.Journal.Audit;

namespace Mev.DevHost.Summaries;

/// <summary>
/// Makes moments of overviews. A rate is what was counted from one overview to the next over the time between the
/// counts: an overview may take long to come, and then another follows at once.
/// </summary>
internal sealed class SummaryClock(TimeProvider time, AppendLatency appends)
{
    private const double NsPerSecond = 1_000_000_000;

    private readonly long _started = time.GetTimestamp();
    private long _countedNs = time.UnixNs();
    private SummaryMoment? _last;

    public SummaryMoment Take(Overview overview)
    {
        var before = _last?.Overview.Candidates;
        var now = overview.Candidates;
        var seconds = (now.CountedNs - _countedNs) / NsPerSecond;
        _last = new SummaryMoment(
            overview,
            _last is { HasEnded: true } ended ? ended.Elapsed : time.GetElapsedTime(_started),
            seconds > 0 ? (now.Updates - (before?.Updates ?? 0)) / seconds : 0,
            seconds > 0 ? (now.Evaluated - (before?.Evaluated ?? 0)) / seconds : 0,
            appends.Read());
        _countedNs = Math.Max(_countedNs, now.CountedNs);
        return _last;
    }
}
