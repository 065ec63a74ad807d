using Mev.Control.Audits;
using Mev.Control.Checkpoints;
using Mev.Domain.Chain;
using Mev.Journal.Merkle;
using Mev.Journal.Sqlite;

namespace Mev.Cli.Audits;

/// <summary>Reads files: the journal, the folder of its trees and checkpoints, and the folder of a witness.</summary>
internal sealed class JournalSource(SqliteJournalReader journal, string folder, string? cosigned) : IAuditSource
{
    public async IAsyncEnumerable<AuditedRecord> Records(
        int partition,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var (offset, leaf, bytes) in journal.Records(partition))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new AuditedRecord(offset, leaf, bytes);
        }
        await Task.CompletedTask;
    }

    public IAsyncEnumerable<Digest> Leaves(int partition, CancellationToken cancellationToken = default) =>
        StoredTree.ReadLeaves(CheckpointTerms.FolderOf(folder, partition)).ToAsyncEnumerable();

    public IAsyncEnumerable<SignedNote?> Checkpoints(int partition, CancellationToken cancellationToken = default)
    {
        var file = CheckpointTerms.FileIn(CheckpointTerms.FolderOf(folder, partition));
        return (File.Exists(file) ? CheckpointFile.ReadAll(file) : []).ToAsyncEnumerable();
    }

    public ValueTask<SignedNote?> Cosigned(int partition, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(cosigned is null ? null : WitnessState.Read(cosigned, partition));
}
