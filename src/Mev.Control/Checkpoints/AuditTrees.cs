using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Control.Checkpoints;

/// <summary>
/// The trees and checkpoints of this process's partitions; none where nothing is signed. What is not what was signed
/// closes the <see cref="AuditGate"/>.
/// </summary>
public sealed class AuditTrees(CheckpointTerms terms, IPartitionedLog log, AuditGate gate) : IDisposable
{
    private PartitionCheckpoints[] _partitions = [];

    /// <summary>In their order; empty where nothing is signed, and before they were opened.</summary>
    public IReadOnlyList<PartitionCheckpoints> Partitions => Volatile.Read(ref _partitions);

    /// <summary>What verifiers know the log by; null where nothing is signed.</summary>
    public LogKey? Key => terms.Key is { } key ? new LogKey(terms.Name, key.PublicKey) : null;

    /// <summary>Opens them all and compares them with the journal, before anything is appended.</summary>
    /// <exception cref="IOException">A file cannot be opened, read or written.</exception>
    /// <exception cref="InvalidDataException">The files are another log's, or another key's.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async Task Open(CancellationToken cancellationToken = default)
    {
        if (terms.Key is null) return;
        var opened = new PartitionCheckpoints[terms.Partitions];
        for (var i = 0; i < opened.Length; i++) opened[i] = await Open(i, cancellationToken);
        Volatile.Write(ref _partitions, opened);
    }

    /// <summary>Opens one anew after a file of it could not be written.</summary>
    /// <exception cref="IOException">It still cannot.</exception>
    /// <exception cref="InvalidDataException">The files are another log's, or another key's.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async Task<PartitionCheckpoints> Reopen(int partition, CancellationToken cancellationToken = default)
    {
        var opened = await Open(partition, cancellationToken);
        PartitionCheckpoints[] next = [.. _partitions];
        next[partition] = opened; // who reads the former one goes on: its files are closed with it
        Volatile.Write(ref _partitions, next);
        return opened;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var partition in _partitions) partition.Dispose();
        terms.Key?.Dispose();
    }

    private async ValueTask<PartitionCheckpoints> Open(int partition, CancellationToken cancellationToken)
    {
        var opened = await PartitionCheckpoints.Open(terms, partition, log, cancellationToken);
        if (opened.Alarm is { } alarm) gate.Close(partition, AuditClosing.History, alarm);
        return opened;
    }
}
