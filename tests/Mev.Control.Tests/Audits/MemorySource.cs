using Mev.Control.Audits;
using Mev.Control.Checkpoints;
using Mev.Control.Signatures;
using Mev.Control.Tests.Signatures;
using Mev.Domain.Chain;
using Mev.Journal;
using Mev.Journal.Merkle;

namespace Mev.Control.Tests.Audits;

/// <summary>A partition that was signed as it should be, of which anything may be changed afterwards.</summary>
internal sealed class MemorySource : IAuditSource
{
    public const int Partition = 4;

    private static readonly LogKey Log = new("audit.example", TestKey.Of(1).PublicKey);
    private static readonly Ed25519PrivateKey WitnessKey = TestKey.Of(2);

    private MemorySource()
    {
    }

    public static NoteKey LogKey { get; } = Log.OfPartition(Partition);

    public static NoteKey Witness { get; } = NoteKey.OfWitness("witness.example/w1", WitnessKey.PublicKey);

    public List<AuditedRecord> Journal { get; private init; } = [];

    public List<Digest> Copy { get; private init; } = [];

    public List<SignedNote?> Notes { get; private init; } = [];

    public SignedNote? Cosignature { get; set; }

    /// <summary>So many records, with a checkpoint each so many and at the end; some stay unsigned behind it.</summary>
    public static MemorySource Of(int records, int each = 10, int unsigned = 0)
    {
        var source = new MemorySource();
        var tree = new MerkleTree();
        for (var seq = 0; seq < records + unsigned; seq++)
        {
            source.Journal.Add(Record(seq, seq));
            source.Copy.Add(source.Journal[^1].Leaf);
            tree.Append(source.Journal[^1].Leaf);
            if ((seq < records && (seq + 1) % each == 0) || seq == records - 1) source.Notes.Add(Signed(tree, seq + 1));
        }
        source.Cosignature = Cosigned(source.Notes[source.Notes.Count / 2]!);
        return source;
    }

    public static AuditedRecord Record(long seq, int content)
    {
        var bytes = BitConverter.GetBytes(content);
        return new AuditedRecord(seq, LeafHash.Of(bytes), bytes);
    }

    public static SignedNote Signed(MerkleTree tree, long size, byte key = 1)
    {
        using var signing = TestKey.Of(key);
        return new CheckpointSigner(LogKey.Name, signing, last: null).Sign(size, tree.Root(size), [], out _)!;
    }

    public static SignedNote Cosigned(SignedNote note) =>
        new CheckpointWitness(LogKey, Witness.Name, WitnessKey, last: null).Cosign(note, [], 7, out _)!;

    public Task<AuditReport> Audit() => new PartitionAudit(Partition, LogKey, Witness, this, _ => { }).Run();

    public IAsyncEnumerable<AuditedRecord> Records(int partition, CancellationToken cancellationToken = default) =>
        Journal.ToAsyncEnumerable();

    public IAsyncEnumerable<Digest> Leaves(int partition, CancellationToken cancellationToken = default) =>
        Copy.ToAsyncEnumerable();

    public IAsyncEnumerable<SignedNote?> Checkpoints(int partition, CancellationToken cancellationToken = default) =>
        Notes.ToAsyncEnumerable();

    public ValueTask<SignedNote?> Cosigned(int partition, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Cosignature);
}
