using System.Diagnostics.Metrics;
using Mev.Domain.Bundles;
using Mev.Domain.Limits;

namespace Mev.Adapters.Jito;

/// <summary>
/// What happened between us and the block engine since the start, with its instruments on the meter <c>Mev</c>. From
/// any thread.
/// </summary>
public sealed class JitoCounts
{
    private readonly long[] _alerts = new long[Enum.GetValues<JitoAlert>().Length];
    private readonly long[] _views = new long[Enum.GetValues<CompetitorView>().Length];
    private readonly JitoOptions _options;
    private readonly Counter<long> _submissions;
    private readonly Counter<long> _landings;
    private readonly Counter<long> _losses;
    private long _refusedFull;
    private long _watchedFull;
    private long _decidedForgotten;
    private long _evidenceLeftOut;
    private long _displaced;
    private long _repeated;
    private long _streamBreaks;
    private long _resultsUnread;
    private long _resultsStrange;
    private long _answersUnread;

    /// <summary>The counts of one adapter.</summary>
    public JitoCounts(JitoOptions options, IMeterFactory meters)
    {
        _options = options;
        var meter = meters.Create("Mev");
        _submissions = meter.CreateCounter<long>("mev.submissions", "{submission}", "Bundles handed over, by result.");
        _landings = meter.CreateCounter<long>("mev.landings", "{landing}", "Outcomes observed, by cause.");
        _losses = meter.CreateCounter<long>("mev.losses", "{loss}", "Chances lost, by what lost them.");
        meter.CreateObservableCounter(
            "mev.submission.duplicates", () => Repeated, "{submission}", "Second submissions of one opportunity.");
        meter.CreateObservableCounter(
            "mev.engine.stream.breaks", () => StreamBreaks, "{connection}", "Results streams that ended or failed.");
        meter.CreateObservableCounter("mev.engine.alerts", Alerts, "{alert}", "Alerts of the adapter, by reason.");
    }

    /// <summary>Submissions of an opportunity that had one: they had no effect.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>Results streams that ended or could not be opened: what came meanwhile is lost.</summary>
    public long StreamBreaks => Interlocked.Read(ref _streamBreaks);

    /// <summary>Events of a kind that has no meaning here.</summary>
    public long ResultsUnread => Interlocked.Read(ref _resultsUnread);

    /// <summary>Events of bundles that are not ours or were forgotten.</summary>
    public long ResultsStrange => Interlocked.Read(ref _resultsStrange);

    /// <summary>Answers that were not of their form.</summary>
    public long AnswersUnread => Interlocked.Read(ref _answersUnread);

    /// <summary>How often an alert was raised.</summary>
    public long Count(JitoAlert alert) => Interlocked.Read(ref _alerts[(int)alert]);

    /// <summary>Its bounded places with their counts as of now.</summary>
    public IEnumerable<LimitCount> Limits() =>
    [
        new("jito.submissions", _options.SubmissionsInFlightMax, AtLimit.Refuse, Interlocked.Read(ref _refusedFull)),
        new("jito.watched", _options.WatchedMax, AtLimit.Refuse, Interlocked.Read(ref _watchedFull)),
        new("jito.waiting-send", 1, AtLimit.Replace, Interlocked.Read(ref _displaced)),
        new("jito.decided", _options.DecidedMax, AtLimit.Forget, Interlocked.Read(ref _decidedForgotten)),
        new("jito.evidence", Landing.TrackedBundle.EvidenceMax, AtLimit.LeaveOut,
            Interlocked.Read(ref _evidenceLeftOut)),
    ];

    internal void Submitted(string endpoint, string result) => _submissions.Add(
        1, new KeyValuePair<string, object?>("endpoint", endpoint),
        new KeyValuePair<string, object?>("result", result));

    internal void Resolved(string endpoint, OutcomeCause cause) => _landings.Add(
        1, new KeyValuePair<string, object?>("endpoint", endpoint),
        new KeyValuePair<string, object?>("result", cause.ToString()));

    /// <summary>Losses of a view.</summary>
    public long Count(CompetitorView view) => Interlocked.Read(ref _views[(int)view]);

    /// <summary>Counts a loss; what is none counts nothing.</summary>
    internal void Lost(CompetitorView view)
    {
        Interlocked.Increment(ref _views[(int)view]);
        if (view == CompetitorView.Unknown) return;
        _losses.Add(1, new KeyValuePair<string, object?>("result", view.ToString()));
    }

    internal void RefusedFull() => Interlocked.Increment(ref _refusedFull);

    internal void WatchedFull() => Interlocked.Increment(ref _watchedFull);

    internal void DecidedForgotten() => Interlocked.Increment(ref _decidedForgotten);

    internal void EvidenceLeftOut() => Interlocked.Increment(ref _evidenceLeftOut);

    internal void WasDisplaced() => Interlocked.Increment(ref _displaced);

    internal void WasRepeated() => Interlocked.Increment(ref _repeated);

    internal void StreamBroke() => Interlocked.Increment(ref _streamBreaks);

    internal void ResultUnread() => Interlocked.Increment(ref _resultsUnread);

    internal void ResultStrange() => Interlocked.Increment(ref _resultsStrange);

    internal void AnswerUnread() => Interlocked.Increment(ref _answersUnread);

    internal void Raised(JitoAlert alert) => Interlocked.Increment(ref _alerts[(int)alert]);

    private IEnumerable<Measurement<long>> Alerts() =>
        Enum.GetValues<JitoAlert>().Where(alert => alert != JitoAlert.Unknown).Select(alert =>
            new Measurement<long>(Count(alert), new KeyValuePair<string, object?>("reason", alert.ToString())));
}
