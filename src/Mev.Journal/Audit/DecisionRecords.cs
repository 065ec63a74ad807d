using Mev.Contracts.V1;
using Mev.Domain.Decisions;
using Mev.Domain.Opportunities;

namespace Mev.Journal.Audit;

/// <summary>
/// Writes the records of a batch's decisions (intent, skip or block), each serialised once, into a buffer that the
/// next batch uses again. For one caller at a time.
/// </summary>
public sealed class DecisionRecords
{
    // What a record holds beside core, strategy and candidates, at most; then what a candidate takes.
    private const int FixedBytesMax = 256;
    private const int CandidateBytesMax = 64;
    private const int BufferBytes = 64 * 1024;

    private readonly List<AuditEntry> _entries = [];
    private byte[] _buffer = new byte[BufferBytes];
    private int _used;

    /// <summary>The records added; valid until <see cref="Clear"/>.</summary>
    public IReadOnlyList<AuditEntry> Entries => _entries;

    /// <summary>Begins a batch.</summary>
    public void Clear()
    {
        _entries.Clear();
        _used = 0;
    }

    /// <summary>Adds a decision with what the host knows: its id, the batch that it is of and the time.</summary>
    public void Add(Domain.Decisions.Decision decision, DecisionId id, OpportunityBatch batch, long decidedNs)
    {
        var writer = new ProtoWriter(Room(decision, batch));
        var begin = writer.Begin(AuditRecord.DecisionFieldNumber);
        Write(decision, id, batch, decidedNs, ref writer);
        writer.End(begin);
        var body = _buffer.AsMemory(_used, writer.Length);
        _used += writer.Length;
        _entries.Add(new AuditEntry(TypeOf(decision.Action), decision.Opportunity.Id.Value, body, id.Value));
    }

    private Span<byte> Room(Domain.Decisions.Decision decision, OpportunityBatch batch)
    {
        var length = FixedBytesMax + StrategyParameters.IdBytesMax + DecisionCores.LengthMax(decision)
            + CandidateBytesMax * batch.Best.Length;
        if (_buffer.Length - _used < length) // entries written so far keep the old one
            (_buffer, _used) = (new byte[Math.Max(length, 2 * _buffer.Length)], 0);
        return _buffer.AsSpan(_used, length);
    }

    private static void Write(
        Domain.Decisions.Decision decision, DecisionId id, OpportunityBatch batch, long decidedNs,
        ref ProtoWriter record)
    {
        var opportunity = decision.Opportunity;
        Span<byte> idBytes = stackalloc byte[16];
        id.Value.TryWriteBytes(idBytes, bigEndian: true, out _);
        record.Bytes(Contracts.V1.Decision.DecisionIdFieldNumber, idBytes);
        record.Text(Contracts.V1.Decision.StrategyFieldNumber, decision.Inputs.Parameters.Id);
        var cursor = record.Begin(Contracts.V1.Decision.CursorFieldNumber);
        record.Unsigned(FeedCursor.PositionFieldNumber, batch.Cursor.Position);
        record.Unsigned(FeedCursor.SlotFieldNumber, batch.Cursor.Slot.Value);
        record.Unsigned(FeedCursor.WriteVersionFieldNumber, batch.Cursor.WriteVersion);
        record.End(cursor);
        record.Unsigned(Contracts.V1.Decision.ShardFieldNumber, (ulong)opportunity.Shard);
        record.Signed(Contracts.V1.Decision.ReceivedNsFieldNumber, opportunity.ReceivedNs);
        record.Signed(Contracts.V1.Decision.EvaluatedNsFieldNumber, opportunity.EvaluatedNs);
        record.Signed(Contracts.V1.Decision.DecidedNsFieldNumber, decidedNs);
        var drain = record.Begin(Contracts.V1.Decision.DrainFieldNumber);
        record.Unsigned(Contracts.V1.DrainCounts.EvaluatedFieldNumber, (ulong)batch.Counts.Evaluated);
        record.Unsigned(Contracts.V1.DrainCounts.SurvivorsFieldNumber, (ulong)batch.Counts.Survivors);
        record.Unsigned(Contracts.V1.DrainCounts.SizedFieldNumber, (ulong)batch.Counts.Sized);
        record.Unsigned(Contracts.V1.DrainCounts.OpportunitiesFieldNumber, (ulong)batch.Counts.Opportunities);
        if (decision.Action == DecisionAction.Submit) WriteCandidates(batch, ref record);
        record.End(drain);
        var core = record.Begin(Contracts.V1.Decision.CoreFieldNumber);
        DecisionCores.Write(decision, ref record);
        record.End(core);
    }

    private static void WriteCandidates(OpportunityBatch batch, ref ProtoWriter drain)
    {
        foreach (ref readonly var candidate in batch.Best.AsSpan())
        {
            var begin = drain.Begin(Contracts.V1.DrainCounts.BestFieldNumber);
            drain.Digest(Candidate.CycleHashFieldNumber, candidate.Cycle);
            drain.Signed(Candidate.ProfitFieldNumber, candidate.Profit.Value);
            drain.Unsigned(Candidate.VerdictFieldNumber, (ulong)candidate.Verdict);
            drain.End(begin);
        }
    }

    private static RecordType TypeOf(DecisionAction action) => action switch
    {
        DecisionAction.Submit => RecordType.Intent,
        DecisionAction.Block => RecordType.Block,
        _ => RecordType.Skip,
    };
}
