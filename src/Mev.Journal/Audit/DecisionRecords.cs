using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Decisions;
using Mev.Domain.Opportunities;

namespace Mev.Journal.Audit;

/// <summary>Writes decision records: intent, skip or block.</summary>
public static class DecisionRecords
{
    /// <summary>The record of a decision with what the host adds: its id, the batch's cursor and the times.</summary>
    public static AuditEntry Of(
        Domain.Decisions.Decision decision, DecisionId id, OpportunityBatch batch, long decidedNs)
    {
        var counts = batch.Counts;
        var opportunity = decision.Opportunity;
        var record = new Contracts.V1.Decision
        {
            DecisionId = UnsafeByteOperations.UnsafeWrap(id.ToArray()),
            Strategy = decision.Inputs.Parameters.Id,
            Cursor = Cursors.Of(batch.Cursor),
            Shard = (uint)opportunity.Shard,
            ReceivedNs = opportunity.ReceivedNs,
            EvaluatedNs = opportunity.EvaluatedNs,
            DecidedNs = decidedNs,
            Drain = new Contracts.V1.DrainCounts
            {
                Evaluated = (ulong)counts.Evaluated,
                Survivors = (ulong)counts.Survivors,
                Sized = (ulong)counts.Sized,
                Opportunities = (ulong)counts.Opportunities,
            },
            Core = DecisionCores.Of(decision),
        };
        if (decision.Action == DecisionAction.Submit) AddCandidates(record.Drain, batch);
        return new AuditEntry(
            TypeOf(decision.Action), opportunity.Id.Value, new AuditRecord { Decision = record }, id.Value);
    }

    private static void AddCandidates(Contracts.V1.DrainCounts drain, OpportunityBatch batch)
    {
        foreach (var candidate in batch.Best)
        {
            drain.Best.Add(new Candidate
            {
                CycleHash = UnsafeByteOperations.UnsafeWrap(candidate.Cycle.ToArray()),
                Profit = candidate.Profit.Value,
                Verdict = (uint)candidate.Verdict,
            });
        }
    }

    private static RecordType TypeOf(DecisionAction action) => action switch
    {
        DecisionAction.Submit => RecordType.Intent,
        DecisionAction.Block => RecordType.Block,
        _ => RecordType.Skip,
    };
}
