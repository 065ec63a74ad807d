using System.Collections.Immutable;
using Mev.Journal;

namespace Mev.Control.Checkpoints;

/// <summary>
/// Everything that was signed of one partition, in two places: the file in its folder, and the journal. Neither alone
/// can make the signer forget: the larger of the two is what was signed last, and the other is made whole of it.
/// </summary>
internal sealed class CheckpointHistory : IDisposable
{
    private const int PageMax = 500;

    private readonly CheckpointFile _file;
    private readonly CheckpointTopic _topic;
    private readonly Checkpoint? _inFile;
    private readonly Checkpoint? _inTopic;

    private CheckpointHistory(CheckpointFile file, CheckpointTopic topic, SignedNote? inTopic)
    {
        (_file, _topic) = (file, topic);
        (_inFile, _inTopic) = (Read(file.Last), Read(inTopic));
        (Last, LastCheckpoint) = SizeOf(_inTopic) > SizeOf(_inFile) ? (inTopic, _inTopic) : (file.Last, _inFile);
    }

    /// <summary>What was signed last when it was opened; null when nothing ever was.</summary>
    public SignedNote? Last { get; }

    /// <summary>What <see cref="Last"/> says.</summary>
    public Checkpoint? LastCheckpoint { get; }

    /// <summary>What each place had last when it was opened: one history has both.</summary>
    public ImmutableArray<Checkpoint> Ends => [.. new[] { _inFile, _inTopic }.OfType<Checkpoint>()];

    /// <summary>Opens both; <paramref name="origin"/> must have signed what they have last.</summary>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="InvalidDataException">They are another log's, another key's, or damaged.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public static async ValueTask<CheckpointHistory> Open(
        CheckpointTerms terms, int partition, NoteKey origin, IPartitionedLog log,
        CancellationToken cancellationToken)
    {
        var folder = CheckpointTerms.FolderOf(terms.Folder, partition);
        Directory.CreateDirectory(folder);
        var topic = new CheckpointTopic(log, partition, origin.Name, terms.Time);
        var file = CheckpointFile.Open(CheckpointTerms.FileIn(folder), origin.Name);
        try
        {
            var inTopic = await topic.Last(cancellationToken);
            if (file.Last is { } last) Check(last, partition, origin);
            if (inTopic is not null) Check(inTopic, partition, origin);
            return new CheckpointHistory(file, topic, inTopic);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives each place what only the other has: after a lost folder, or a kill between the two.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read or written.</exception>
    public async ValueTask MakeWhole(CancellationToken cancellationToken)
    {
        var (inFile, inTopic) = (SizeOf(_inFile), SizeOf(_inTopic));
        if (inFile > inTopic && _file.Last is { } newest) await _topic.Append(newest);
        if (inTopic <= inFile) return;
        var page = new List<SignedNote>(PageMax);
        await foreach (var note in _topic.After(inFile, cancellationToken))
        {
            page.Add(note);
            if (page.Count < PageMax) continue;
            _file.Append([.. page]);
            page.Clear();
        }
        if (page.Count > 0) _file.Append([.. page]);
    }

    /// <summary>Makes a checkpoint durable in both places; it is larger than every one before.</summary>
    /// <exception cref="IOException">It is not durable: it may be handed to nobody.</exception>
    /// <exception cref="JournalUnavailableException">Likewise.</exception>
    public async ValueTask Append(SignedNote note)
    {
        _file.Append(note);
        await _topic.Append(note);
    }

    /// <inheritdoc cref="CheckpointFile.Read"/>
    public IReadOnlyList<SignedNote> Read(long size, int notesMax) => _file.Read(size, notesMax);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void Check(SignedNote last, int partition, NoteKey origin)
    {
        if (origin.HasSigned(last)) return;
        throw new InvalidDataException(
            $"partition {partition}: its last checkpoint was signed by another key than {origin.PublicKey.Id}. "
            + "Restore that key (Audit:KeyPath), or begin a new log with another Audit:Name and Audit:Folder.");
    }

    private static Checkpoint? Read(SignedNote? note) => note is null ? null : Checkpoint.Parse(note.Text);

    private static long SizeOf(Checkpoint? checkpoint) => checkpoint?.Size ?? 0;
}
