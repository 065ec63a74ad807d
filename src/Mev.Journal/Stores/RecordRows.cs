using Mev.Contracts.V1;
using Mev.Journal.Audit;
using Mev.Journal.Stores.Rows;

namespace Mev.Journal.Stores;

/// <summary>
/// Turns records into rows, a pure function of their bytes. A record whose bytes are no whole record of its type, or no
/// longer have their hash, has its own row and none else: nothing stops.
/// </summary>
internal static class RecordRows
{
    /// <summary>The rows of records that follow each other in a partition, at least one.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="records">The records.</param>
    /// <param name="decisions">Takes those that are decisions, with what they say.</param>
    public static StoreBatch Of(
        int partition, IReadOnlyList<LogRecord> records, List<(LogRecord Record, Decision Decision)> decisions)
    {
        var all = new List<RecordRow>(records.Count);
        var (decided, submissions, outcomes) =
            (new List<DecisionRow>(), new List<SubmissionRow>(), new List<OutcomeRow>());
        var (policies, events) = (new List<PolicyRow>(), new List<EventRow>());
        foreach (var record in records)
        {
            var body = BodyOf(record, out var state);
            all.Add(Row(record, state));
            if (body is null) continue;
            switch (body)
            {
                case { Decision: { Core: not null } decision }:
                    decided.Add(DecisionColumns.Of(record, decision));
                    decisions.Add((record, decision));
                    break;
                case { Attempt: { } attempt }:
                    submissions.Add(OtherColumns.Of(record, attempt));
                    break;
                case { Outcome: { } outcome }:
                    outcomes.Add(OtherColumns.Of(record, outcome));
                    break;
                case { PolicyChange: { } policy }:
                    policies.Add(OtherColumns.Of(record, policy));
                    break;
                default:
                    if (OtherColumns.EventOf(record, body) is { } happened) events.Add(happened);
                    break;
            }
        }
        return new StoreBatch(partition, records[0].Offset, all)
        {
            Decisions = decided,
            Submissions = submissions,
            Outcomes = outcomes,
            Policies = policies,
            Events = events,
        };
    }

    private static AuditRecord? BodyOf(LogRecord record, out RecordState state)
    {
        state = RecordState.Damaged;
        if (!AuditRecords.HasItsHash(record)) return null;
        var body = AuditRecords.Read(record);
        state = body is null ? RecordState.Undecodable : RecordState.Taken;
        return body;
    }

    private static RecordRow Row(LogRecord record, RecordState state) => new(
        record.Offset, record.Entry.Type, record.Entry.RecordedNs, record.Entry.Key, record.LeafHash, state,
        record.Entry.Bytes);
}
