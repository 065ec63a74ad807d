using Mev.Control.Checkpoints;

namespace Mev.Control.Audits;

/// <summary>
/// Verifies one partition: every checkpoint's signature and root, what the witness cosigned, and every record against
/// the leaf that was signed. It names each record that is another. In memory are some thousand hashes and the findings.
/// </summary>
/// <param name="partition">The partition.</param>
/// <param name="log">What the log is known by.</param>
/// <param name="witness">What the witness is known by; null where the source has nothing of one.</param>
/// <param name="source">Where it is read from.</param>
/// <param name="looked">Is told how many more records were hashed.</param>
public sealed class PartitionAudit(
    int partition, NoteKey log, NoteKey? witness, IAuditSource source, Action<long> looked)
{
    /// <summary>Findings of a partition that are kept; the others are counted.</summary>
    public const int FindingsMax = 1_000;

    /// <summary>Records that may wait for their checkpoint: those of a second, or of a host that was killed.</summary>
    public const long UncoveredMax = 4_096;

    /// <summary>Goes through all of it.</summary>
    public async Task<AuditReport> Run(CancellationToken cancellationToken = default)
    {
        var findings = new FindingList(partition);
        var ofCopy = new FindingList(partition);
        var history = new SignedHistory(log, witness, source, partition, ofCopy);
        await history.Follow(source.Leaves(partition, cancellationToken), cancellationToken);
        var records = new RecordComparison(source, partition, findings, looked);
        if (history is { Leaves: > 0, Broken: null, Beyond: null })
        {
            findings.Add(ofCopy);
            await records.With(source.Leaves(partition, cancellationToken), history.Size, cancellationToken);
        }
        else
        {
            TellCopy(history, findings);
            history = await FollowRecords(records, findings, cancellationToken);
            await records.WithItself(cancellationToken);
        }
        TellUncovered(records.Records, history, findings);
        return new AuditReport(
            partition, records.Records, history.Size, history.Count, history.CosignedSize, findings.Kept,
            findings.Total);
    }

    /// <summary>Where nothing is signed nothing is proven, and where the witness has nothing, nothing by it.</summary>
    private void TellUncovered(long records, SignedHistory history, FindingList findings)
    {
        if (records > 0 && (history.Count == 0 || records - history.Size > UncoveredMax))
        {
            findings.Add(
                AuditDefect.Uncovered, history.Size, records - 1,
                $"records {history.Size} to {records - 1}: no checkpoint signs them, so nothing shows that they are "
                + "as they were written");
        }
        if (witness is not null && history is { Count: > 0, CosignedSize: 0, HasCosigned: false })
        {
            findings.Add(
                AuditDefect.Cosignature, 0, $"the witness {witness.Name} cosigned nothing of it that is shown here");
        }
    }

    private static void TellCopy(SignedHistory copy, FindingList findings)
    {
        if (copy.Broken is { } broken)
        {
            findings.Add(
                AuditDefect.Copy, broken.From, broken.To - 1,
                $"records {broken.From} to {broken.To - 1}: the copy of the leaf hashes is not what was signed");
        }
        else if (copy.Beyond is { } beyond && copy.Leaves > 0)
        {
            findings.Add(
                AuditDefect.Copy, copy.Leaves, beyond - 1,
                $"records {copy.Leaves} to {beyond - 1}: the copy of the leaf hashes ends before what was signed");
        }
    }

    /// <summary>The copy of the leaf hashes is no help: the records themselves are followed.</summary>
    private async Task<SignedHistory> FollowRecords(
        RecordComparison records, FindingList findings, CancellationToken cancellationToken)
    {
        var history = new SignedHistory(log, witness, source, partition, findings);
        await history.Follow(records.Hashes(cancellationToken), cancellationToken);
        if (history.Broken is { } rewritten)
        {
            findings.Add(
                AuditDefect.Rewritten, rewritten.From, rewritten.To - 1,
                $"records {rewritten.From} to {rewritten.To - 1}: at least one is not what was signed");
        }
        else if (history.Beyond is { } beyond)
        {
            findings.Add(
                AuditDefect.SetBack, history.Leaves, beyond - 1,
                $"records {history.Leaves} to {beyond - 1}: missing, the journal ends before what was signed");
        }
        return history;
    }
}
