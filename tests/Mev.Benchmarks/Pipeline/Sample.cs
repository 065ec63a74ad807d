using HdrHistogram;

namespace Mev.Benchmarks.Pipeline;

/// <summary>What one window of a run measured. Latencies in nanoseconds from the intended arrival.</summary>
internal sealed record Sample
{
    public required double OfferedPerSecond { get; init; }

    public required double Seconds { get; init; }

    public required long Updates { get; init; }

    public required long Evaluated { get; init; }

    public required long Sized { get; init; }

    public required long Opportunities { get; init; }

    public required long Decisions { get; init; }

    public required long Intents { get; init; }

    public required long Appends { get; init; }

    public required long AuditBytes { get; init; }

    public required long BlobBytes { get; init; }

    public required long AllocatedBytes { get; init; }

    public required double CpuSeconds { get; init; }

    public required double PauseMs { get; init; }

    public required int Collections { get; init; }

    public required long Lost { get; init; }

    public required LongHistogram ToEvaluated { get; init; }

    public required LongHistogram ToDecided { get; init; }

    public required LongHistogram ToDurable { get; init; }

    public double EvaluatedPerSecond => Evaluated / Seconds;

    public double DecisionsPerSecond => Decisions / Seconds;

    public double GarbagePerCandidate => AllocatedBytes / (double)Math.Max(1, Evaluated);

    public double CpuNsPerCandidate => CpuSeconds * 1e9 / Math.Max(1, Evaluated);

    public double SizedShare => Sized / (double)Math.Max(1, Evaluated);

    public double OpportunityShare => Opportunities / (double)Math.Max(1, Evaluated);

    public double IntentShare => Intents / (double)Math.Max(1, Decisions);

    public double BytesPerDecision => AuditBytes / (double)Math.Max(1, Decisions);

    public double BytesPerAppend => (AuditBytes + BlobBytes) / (double)Math.Max(1, Appends);

    public static double Ms(LongHistogram histogram, double percentile) =>
        histogram.TotalCount == 0 ? double.NaN : histogram.GetValueAtPercentile(percentile) / 1e6;
}
