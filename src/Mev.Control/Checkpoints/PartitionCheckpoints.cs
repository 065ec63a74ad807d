using System.Runtime.InteropServices;
using Mev.Domain.Chain;
using Mev.Journal;
using Mev.Journal.Merkle;

namespace Mev.Control.Checkpoints;

/// <summary>
/// The tree of one partition and the checkpoints over it: it grows with what is durable in the journal and signs what
/// it holds. A checkpoint is durable before anybody sees it; at the start the journal must still be what was signed
/// last, in the folder or in the journal, or this is an <see cref="Alarm"/> and nothing is signed any more. One caller
/// grows and signs, others read.
/// </summary>
public sealed class PartitionCheckpoints : IDisposable
{
    /// <summary>Leaves that a checkpoint has more than the one before at most.</summary>
    public const int LeavesMax = 4_096;

    private readonly IPartitionedLog _log;
    private readonly LogPartition _partition;
    private readonly CheckpointHistory _history;
    private readonly CheckpointSigner _signer;
    private Signed? _latest;
    private string? _alarm;

    private PartitionCheckpoints(
        IPartitionedLog log, LogPartition partition, CheckpointHistory history, CheckpointSigner signer,
        StoredTree tree)
    {
        (_log, _partition, _history, _signer, Tree) = (log, partition, history, signer, tree);
        if (history is { Last: { } last, LastCheckpoint: { } checkpoint })
            _latest = new Signed(last, checkpoint);
    }

    /// <summary>Its number.</summary>
    public int Partition => _partition.Partition;

    /// <summary>What verifiers know it by.</summary>
    public NoteKey Key => _signer.Key;

    /// <summary>Every leaf that it took; what was not signed yet among them.</summary>
    public StoredTree Tree { get; private set; }

    /// <summary>The newest checkpoint; null before the first.</summary>
    public SignedNote? Latest => Volatile.Read(ref _latest)?.Note;

    /// <summary>Leaves under the newest checkpoint.</summary>
    public long SignedSize => Volatile.Read(ref _latest)?.Checkpoint.Size ?? 0;

    /// <summary>Why nothing is signed any more, with partition and remedy; null while all is well.</summary>
    public string? Alarm => Volatile.Read(ref _alarm);

    /// <summary>Opens tree and checkpoints of a partition and compares them with the journal.</summary>
    /// <exception cref="IOException">A file cannot be opened, read or written.</exception>
    /// <exception cref="InvalidDataException">The files are another log's, or another key's.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public static async ValueTask<PartitionCheckpoints> Open(
        CheckpointTerms terms, int partition, IPartitionedLog log, CancellationToken cancellationToken = default)
    {
        var key = terms.Key ?? throw new InvalidDataException("there is no key to sign checkpoints with");
        var origin = new LogKey(terms.Name, key.PublicKey).OfPartition(partition);
        var history = await CheckpointHistory.Open(terms, partition, origin, log, cancellationToken);
        var folder = CheckpointTerms.FolderOf(terms.Folder, partition);
        var opened = new PartitionCheckpoints(
            log, new LogPartition(LogTopics.Audit, partition), history,
            new CheckpointSigner(origin.Name, key, history.LastCheckpoint), StoredTree.Open(folder));
        try
        {
            await opened.Compare(folder, cancellationToken);
            if (opened.Alarm is null) await history.MakeWhole(cancellationToken);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes leaves that became durable; true when as many wait as one checkpoint takes, so it is time to sign.
    /// </summary>
    /// <exception cref="IOException">A file cannot be written: the partition is to be opened anew.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async ValueTask<bool> Grow(CancellationToken cancellationToken = default)
    {
        if (Alarm is not null) return false;
        await Take(SignedSize + LeavesMax, cancellationToken);
        return Tree.Size - SignedSize >= LeavesMax;
    }

    /// <summary>Signs what is not signed yet; false where there is nothing, or an <see cref="Alarm"/>.</summary>
    /// <exception cref="IOException">
    /// The checkpoint is not durable and nobody sees it: the partition is to be opened anew.
    /// </exception>
    /// <exception cref="JournalUnavailableException">Likewise.</exception>
    public async ValueTask<bool> Sign()
    {
        var (from, to) = (SignedSize, Tree.Size);
        if (Alarm is not null || to == from) return false;
        var proof = from == 0 ? [] : Tree.Consistency(from, to);
        var root = Tree.Root(to);
        Tree.Flush(); // what is signed can be proven after a loss of power
        var note = _signer.Sign(to, root, proof.AsSpan(), out var defect);
        if (note is null)
        {
            Volatile.Write(
                ref _alarm,
                $"partition {Partition}: the checkpoint of {to} leaves does not continue that of {from} ({defect}). "
                + "'mevctl audit verify' says what is wrong; restore it and start again.");
            return false;
        }
        await _history.Append(note);
        Volatile.Write(ref _latest, new Signed(note, new Checkpoint(Key.Name, to, root)));
        return true;
    }

    /// <summary>The first checkpoint that covers so many leaves; null where there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public SignedNote? Covering(long size) => _history.Read(size, 1) is [var note, ..] ? note : null;

    /// <summary>The checkpoints from the first that covers so many leaves on, in order, at most so many.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public IReadOnlyList<SignedNote> Checkpoints(long size, int notesMax) => _history.Read(size, notesMax);

    /// <inheritdoc/>
    public void Dispose()
    {
        Tree.Dispose();
        _history.Dispose();
    }

    /// <summary>
    /// What was signed last is the truth. The copy of the leaf hashes tells which record of the journal is another one
    /// by now; where the copy itself is not what was signed, it is made anew of the journal.
    /// </summary>
    private async ValueTask Compare(string folder, CancellationToken cancellationToken)
    {
        var isCopySigned = IsSigned();
        var difference = isCopySigned ? await FirstDifference(cancellationToken) : 0;
        if (isCopySigned && difference < SignedSize)
        {
            _alarm = Differs(difference, await _log.End(_partition, cancellationToken));
            return;
        }
        if (difference < Tree.Size)
        {
            Tree.Dispose();
            Tree = StoredTree.Open(folder, difference);
        }
        while (Tree.Size < SignedSize && await Take(SignedSize, cancellationToken))
        {
        }
        if (!IsSigned()) _alarm = Differs(Tree.Size, Tree.Size);
    }

    private bool IsSigned() =>
        _history.Ends.All(end => Tree.Size >= end.Size && Tree.Root(end.Size) == end.Root);

    private string Differs(long record, long end)
    {
        var what = end < SignedSize
            ? $"the journal ends at record {end}"
            : record < SignedSize
                ? $"record {record} of the journal is another one than was signed, or not there"
                : "the journal's records are others than were signed";
        return $"partition {Partition}: {what}, and the last checkpoint is over {SignedSize} leaves. Nothing is "
            + "signed, decided or sent. 'mevctl audit verify --journal FILE' names each such record; restore it.";
    }

    /// <summary>The first leaf that journal and tree have differently, or that only the tree has.</summary>
    private async ValueTask<long> FirstDifference(CancellationToken cancellationToken)
    {
        var page = new Digest[LeavesMax];
        for (var at = 0L; at < Tree.Size;)
        {
            var leaves = await _log.ReadLeaves(_partition, at, LeavesMax, cancellationToken);
            var count = Math.Min(leaves.Count, Tree.Read(at, page));
            for (var i = 0; i < count; i++)
                if (leaves[i] != page[i]) return at + i;
            if (count == 0) return at;
            at += count;
        }
        return Tree.Size;
    }

    private async ValueTask<bool> Take(long sizeMax, CancellationToken cancellationToken)
    {
        var room = (int)Math.Min(LeavesMax, sizeMax - Tree.Size);
        if (room <= 0) return false;
        var leaves = await _log.ReadLeaves(_partition, Tree.Size, room, cancellationToken);
        Append(leaves);
        return leaves.Count > 0;
    }

    private void Append(IReadOnlyList<Digest> leaves) => Tree.Append(leaves switch
    {
        List<Digest> list => CollectionsMarshal.AsSpan(list),
        _ => leaves.ToArray(),
    });

    private sealed record Signed(SignedNote Note, Checkpoint Checkpoint);
}
