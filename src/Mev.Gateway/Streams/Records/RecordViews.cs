using System.Globalization;
using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Gateway.Streams.States;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Streaming.Frames;

namespace Mev.Gateway.Streams.Records;

/// <summary>The channels over the log.</summary>
internal static class RecordViews
{
    /// <summary>Partitions beyond this number are none.</summary>
    private const int PartitionMax = ushort.MaxValue;

    private static readonly RecordView[] All =
    [
        new("decisions", LogTopics.Audit, IsPartitioned: true, HasFacts: true, Decision),
        new("submissions", LogTopics.Audit, IsPartitioned: true, HasFacts: false, Submission),
        new("audit", LogTopics.Audit, IsPartitioned: true, HasFacts: false, Header),
        new("commands", LogTopics.Audit, IsPartitioned: false, HasFacts: false, Command),
        new("policies", LogTopics.Audit, IsPartitioned: false, HasFacts: false, Policy),
        new("alerts", LogTopics.Alerts, IsPartitioned: false, HasFacts: false, Alert),
    ];

    /// <summary>The view and the partition of a channel's name; null when it names none.</summary>
    public static (RecordView View, LogPartition Partition)? Find(string name)
    {
        foreach (var view in All)
        {
            if (!view.IsPartitioned)
            {
                if (name == view.Name) return (view, new LogPartition(view.Topic, 0));
            }
            else if (name.StartsWith(view.Name + "/", StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(view.Name.Length + 1), CultureInfo.InvariantCulture, out var partition)
                && partition is >= 0 and <= PartitionMax && name == $"{view.Name}/{partition}")
            {
                return (view, new LogPartition(view.Topic, partition));
            }
        }
        return null;
    }

    private static StreamMessage? Decision(LogRecord record)
    {
        if (record.Entry.Type is not (RecordType.Intent or RecordType.Skip or RecordType.Block)) return null;
        var decision = AuditRecords.Parse(record)?.Decision;
        var summary = new DecisionSummary { LeafHash = Hash(record), IsDamaged = !AuditRecords.HasItsHash(record) };
        if (decision is { Core: { } core })
        {
            summary.DecisionId = decision.DecisionId;
            summary.Strategy = decision.Strategy;
            (summary.Action, summary.Reason) = (core.Action, core.Reason);
            (summary.OpportunityId, summary.Slot) = (core.OpportunityId, core.Slot);
            (summary.Value, summary.Tip, summary.Route) = (core.Value, core.Tip, core.Route);
            summary.Arm = core.Choice?.Arm ?? -1;
            summary.DecidedNs = decision.DecidedNs;
        }
        return Of(
            record, summary.DecisionId.Span, summary,
            new MessageFacts(summary.Strategy, summary.Action, summary.Reason));
    }

    private static StreamMessage? Submission(LogRecord record)
    {
        if (record.Entry.Type is not (RecordType.Attempt or RecordType.Outcome)) return null;
        var told = new SubmissionRecord { LeafHash = Hash(record), RecordedNs = record.Entry.RecordedNs };
        var body = AuditRecords.Parse(record);
        if (body?.Attempt is { } attempt) told.Attempt = attempt;
        if (body?.Outcome is { } outcome) told.Outcome = outcome;
        return Of(record, Key(record), told);
    }

    private static StreamMessage Header(LogRecord record) => Of(record, Key(record), new RecordHeader
    {
        Type = (uint)record.Entry.Type,
        RecordedNs = record.Entry.RecordedNs,
        LeafHash = Hash(record),
        Key = ByteString.CopyFrom(Key(record)),
        Length = (uint)record.Entry.Bytes.Length,
    });

    private static StreamMessage? Command(LogRecord record)
    {
        if (record.Entry.Type is not (RecordType.Command or RecordType.CommandOutcome or RecordType.RefusedCommand))
            return null;
        var told = new CommandRecord { LeafHash = Hash(record), RecordedNs = record.Entry.RecordedNs };
        var body = AuditRecords.Parse(record);
        switch (record.Entry.Type)
        {
            case RecordType.Command:
                told.CommandId = body?.Command?.CommandId ?? ByteString.Empty;
                break;
            case RecordType.CommandOutcome when body?.CommandOutcome is { } outcome:
                (told.CommandId, told.IsAnswer) = (outcome.CommandId, true);
                (told.Status, told.Code) = (outcome.Status, outcome.Code);
                break;
            case RecordType.RefusedCommand when body?.RefusedCommand is { } refused:
                (told.IsRefused, told.Code) = (true, refused.Code);
                break;
            default:
                return null;
        }
        return Of(record, told.CommandId.Span, told);
    }

    private static StreamMessage? Policy(LogRecord record)
    {
        if (record.Entry.Type is not (RecordType.PolicyChange or RecordType.Stop)) return null;
        var told = new PolicyRecord { LeafHash = Hash(record), RecordedNs = record.Entry.RecordedNs };
        if (AuditRecords.Parse(record)?.PolicyChange is { } change)
        {
            (told.Policy, told.Version) = (change.Policy, change.Version);
            (told.Reason, told.CommandId) = (change.Reason, change.CommandId);
            if (Domain.Limits.Policy.Decode(change.PolicyBytes.Span) is { } policy) StateMessages.Fill(told, policy);
        }
        return Of(record, System.Text.Encoding.UTF8.GetBytes(told.Policy), told);
    }

    /// <summary>An alert lies in the log as it is told.</summary>
    private static StreamMessage Alert(LogRecord record) =>
        StreamMessage.Of((ulong)record.Offset, Key(record), record.Entry.Bytes.Span);

    private static StreamMessage Of(
        LogRecord record, ReadOnlySpan<byte> key, IMessage value, MessageFacts? facts = null) =>
        StreamMessage.Of((ulong)record.Offset, key, value.ToByteArray(), facts);

    private static ByteString Hash(LogRecord record) => ByteString.CopyFrom(record.LeafHash.ToArray());

    private static byte[] Key(LogRecord record) => record.Entry.Key.ToArray();
}
