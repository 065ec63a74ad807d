using System.Diagnostics.Metrics;

namespace Mev.Journal;

/// <summary>The instruments of the journal, on the meter <c>Mev</c>.</summary>
internal sealed class JournalInstruments
{
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _failures;

    public JournalInstruments(IMeterFactory meters, Func<TimeSpan> lag, Func<long> waits)
    {
        var meter = meters.Create("Mev");
        _duration = meter.CreateHistogram<double>(
            "mev.audit.append.duration", "s", "From the call of an append to its being durable.");
        _failures = meter.CreateCounter<long>(
            "mev.audit.append.failures", "{append}", "Appends that are not durable, or not known to be, by reason.");
        meter.CreateObservableGauge(
            "mev.audit.lag", () => lag().TotalSeconds, "s", "Age of the oldest append that is not durable yet.");
        meter.CreateObservableCounter(
            "mev.audit.append.waits", waits, "{append}", "Appends that found the queue full and waited for a place.");
    }

    public void Appended(LogPartition partition, TimeSpan duration)
    {
        if (partition.Topic != LogTopics.Audit) return;
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("shard", partition.Partition));
    }

    public void Failed(string reason) => _failures.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
