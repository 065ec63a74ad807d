using System.Diagnostics.Metrics;

namespace Mev.Journal.Stores;

/// <summary>What the sink tells of itself, on the meter <c>Mev</c> too. One writer, any readers.</summary>
public sealed class SinkProgress
{
    private readonly Counter<long> _records;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _failures;
    private volatile SinkView _current = new(false, 0, 0, 0, 0, "");

    /// <summary>Nothing written yet.</summary>
    public SinkProgress(IMeterFactory meters)
    {
        var meter = meters.Create("Mev");
        _records = meter.CreateCounter<long>(
            "mev.store.records", "{record}", "Records of the journal that the decision store took.");
        _unreadable = meter.CreateCounter<long>(
            "mev.store.unreadable", "{record}", "Records that were damaged or could not be decoded: kept, not tabled.");
        _failures = meter.CreateCounter<long>(
            "mev.store.failures", "{write}", "Writes to the decision store, and openings of it, that failed.");
        meter.CreateObservableGauge(
            "mev.store.lag", () => _current.LagRecords, "{record}", "Records that the decision store does not hold.");
    }

    /// <summary>How it stands.</summary>
    public SinkView Current => _current;

    internal void Wrote(int records, int unreadable)
    {
        _records.Add(records);
        _unreadable.Add(unreadable);
        _current = _current with
        {
            Records = _current.Records + records,
            Unreadable = _current.Unreadable + unreadable,
        };
    }

    /// <summary>A round over all partitions went well: only then is it known how far the store is behind.</summary>
    internal void Stands(long lagRecords) =>
        _current = _current with { IsAvailable = true, LagRecords = lagRecords, Trouble = "" };

    internal void Failed(string trouble)
    {
        _failures.Add(1);
        _current = _current with { IsAvailable = false, Failures = _current.Failures + 1, Trouble = trouble };
    }
}
