using Mev.Adapters.Tests.Journal;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Decisions;
using Mev.Journal;
using Mev.Journal.Audit;
using Decision = Mev.Contracts.V1.Decision;

namespace Mev.Adapters.Tests.Stores;

/// <summary>
/// What a journal says, worked out record by record and without the store: decisions, hand-overs and the last word on
/// each submit.
/// </summary>
internal sealed class JournalReading
{
    private readonly HashSet<(int, long)> _corrected = [];

    public List<LogRecord>[] Records { get; private init; } = [];

    public List<(int Partition, long Offset, Decision Decision)> Decisions { get; } = [];

    public List<(int Partition, Attempt Attempt)> Attempts { get; } = [];

    public Dictionary<(int Partition, long Intent), Outcome> Words { get; } = [];

    private HashSet<(int, long)> Settled { get; } = []; // there was evidence

    public static async Task<JournalReading> Of(IPartitionedLog log, int partitions)
    {
        var records = new List<LogRecord>[partitions + 1];
        for (var partition = 0; partition <= partitions; partition++)
            records[partition] = await log.All(new LogPartition(LogTopics.Audit, partition));
        var reading = new JournalReading { Records = records };
        foreach (var (partition, all) in records.Index())
            foreach (var record in all) reading.Take(partition, record);
        return reading;
    }

    public Outcome? WordOn((int Partition, long Offset, Decision Decision) it) =>
        Words.GetValueOrDefault((it.Partition, it.Offset));

    public static bool IsSubmit(Decision decision) => decision.Core.Action == (uint)DecisionAction.Submit;

    private void Take(int partition, LogRecord record)
    {
        if (LeafHash.Of(record.Entry.Bytes.Span) != record.LeafHash) return;
        if (AuditRecords.Read(record) is not { } body) return;
        if (body.Decision is { } decision) Decisions.Add((partition, record.Offset, decision));
        if (body.Attempt is { } attempt) Attempts.Add((partition, attempt));
        if (body.Outcome is { } outcome) Take(partition, record.Offset, outcome);
    }

    private void Take(int partition, long offset, Outcome outcome)
    {
        var intent = (partition, outcome.IntentOffset);
        if (outcome.Corrects is { } earlier)
        {
            if (earlier.Offset >= offset || !_corrected.Add((partition, earlier.Offset))) return;
        }
        else if (Settled.Contains(intent))
        {
            return;
        }
        Words[intent] = outcome;
        if (outcome.Kind != (uint)BundleOutcomeKind.Unknown) Settled.Add(intent);
    }
}
