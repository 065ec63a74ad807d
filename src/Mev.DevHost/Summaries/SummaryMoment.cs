using Mev.Gateway.Overviews;

namespace Mev.DevHost.Summaries;

/// <summary>The numbers of one moment with the rates up to it.</summary>
/// <param name="Overview">The numbers.</param>
/// <param name="Elapsed">Since the feed began here; stands still once it has ended.</param>
/// <param name="UpdatesPerSecond">Since the moment before.</param>
/// <param name="CandidatesPerSecond">Since the moment before.</param>
/// <param name="Appends">Appends to the journal, from the call to durable; null before the first.</param>
internal sealed record SummaryMoment(
    Overview Overview,
    TimeSpan Elapsed,
    double UpdatesPerSecond,
    double CandidatesPerSecond,
    AppendLatency.Quantiles? Appends)
{
    public bool HasEnded => Overview.Feed.IsComplete || Overview.Feed.IsFailed;

    public double MeanUpdates => Mean(Overview.Candidates.Updates);

    public double MeanCandidates => Mean(Overview.Candidates.Evaluated);

    private double Mean(long count) => Elapsed > TimeSpan.Zero ? count / Elapsed.TotalSeconds : 0;
}
