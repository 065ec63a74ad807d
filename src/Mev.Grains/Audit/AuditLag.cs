using Mev.Control.Checkpoints;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Audit;

/// <summary>
/// Whether durable records wait too long for their checkpoint, seen from the journal and not from whoever signs: a
/// signer that hangs or is gone says nothing itself. It closes the <see cref="AuditGate"/> meanwhile.
/// </summary>
internal sealed class AuditLag(AuditTrees trees, AuditGate gate, IPartitionedLog log, TimeProvider time)
{
    /// <summary>A record waits for its checkpoint at most this long (specs: audit, section 3).</summary>
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    // So many looks must have seen it too: where this process itself stood still, its signer is not to blame.
    private const int LooksMin = 8;

    private readonly Dictionary<int, Wait> _waits = [];

    /// <summary>Looks at every partition that is signed here.</summary>
    public async ValueTask Look(CancellationToken cancellationToken = default)
    {
        foreach (var partition in trees.Partitions) await Look(partition, cancellationToken);
    }

    private async ValueTask Look(PartitionCheckpoints partition, CancellationToken cancellationToken)
    {
        var number = partition.Partition;
        var signed = partition.SignedSize;
        if (!_waits.TryGetValue(number, out var wait)) wait = new Wait(0, signed, time.GetTimestamp(), 0);
        if (signed >= wait.Size)
        {
            gate.Open(number, AuditClosing.Lag);
            var end = await log.End(new LogPartition(LogTopics.Audit, number), cancellationToken);
            _waits[number] = new Wait(end, signed, time.GetTimestamp(), 0);
            return;
        }
        // A journal that was never signed is caught up with by whole checkpoints: as long as they come it does not lag.
        wait = signed - wait.Signed >= PartitionCheckpoints.LeavesMax
            ? new Wait(wait.Size, signed, time.GetTimestamp(), 0)
            : wait with { Looks = wait.Looks + 1 };
        _waits[number] = wait;
        if (wait.Looks < LooksMin || time.GetElapsedTime(wait.Since) <= Max) return;
        gate.Close(
            number, AuditClosing.Lag,
            $"partition {number}: its {wait.Size} records wait longer than {Max.TotalSeconds} s for a checkpoint over "
            + $"more than {signed} of them. Look whether the host's disk and its audit folder "
            + "(Audit:Folder) answer, and start it again if this lasts; then two persons resume.");
    }

    /// <summary>What was durable and signed at a moment (a time stamp), and how often it was seen so since.</summary>
    private readonly record struct Wait(long Size, long Signed, long Since, int Looks);
}
