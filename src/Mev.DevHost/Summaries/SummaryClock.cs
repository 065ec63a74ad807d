using Mev.Gateway.Overviews;

namespace Mev.DevHost.Summaries;

/// <summary>Makes moments of overviews: what happened since the one before.</summary>
internal sealed class SummaryClock(TimeProvider time, AppendLatency appends)
{
    private readonly long _started = time.GetTimestamp();
    private long _lastAt = time.GetTimestamp();
    private SummaryMoment? _last;

    public SummaryMoment Take(Overview overview)
    {
        var now = time.GetTimestamp();
        var seconds = time.GetElapsedTime(_lastAt, now).TotalSeconds;
        var before = _last?.Overview.Candidates;
        var (updates, candidates) = (overview.Candidates.Updates, overview.Candidates.Evaluated);
        _last = new SummaryMoment(
            overview,
            _last is { HasEnded: true } ended ? ended.Elapsed : time.GetElapsedTime(_started, now),
            seconds > 0 ? (updates - (before?.Updates ?? 0)) / seconds : 0,
            seconds > 0 ? (candidates - (before?.Evaluated ?? 0)) / seconds : 0,
            appends.Read());
        _lastAt = now;
        return _last;
    }
}
