using Mev.Control.Checkpoints;
using Mev.Control.Tests.Merkle;
using Mev.Control.Tests.Signatures;
using Mev.Journal.Merkle;

namespace Mev.Control.Tests.Checkpoints;

/// <summary>Checkpoints outlive the process that signed them, and what a kill left in part does not count.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private const string Origin = "audit.example/partition-0";
    private const int Count = 700;

    private static readonly MerkleTree Tree = Leaves.Tree(Leaves.Some(3 * Count));

    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoint-file-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "checkpoints");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_is_found_by_its_size_and_by_every_size_that_it_covers()
    {
        using var file = Written(Count);
        for (var size = 1; size <= 3 * Count; size += 7)
        {
            var covering = (size + 2) / 3 * 3;
            Assert.Equal(covering, SizeOf(file.Read(size, 1).Single()));
        }
        Assert.Empty(file.Read(3 * Count + 1, 5));
        Assert.Equal([3 * Count - 3, 3 * Count], file.Read(3 * Count - 5, 5).Select(SizeOf));
        Assert.Equal(Enumerable.Range(1, 500).Select(i => 3L * i), file.Read(0, 500).Select(SizeOf));
        Assert.Equal(Count, CheckpointFile.ReadAll(Path).Count(note => note is not null));
    }

    [Fact]
    public void Cut_at_any_byte_of_its_last_note_it_goes_on_behind_the_one_before()
    {
        Written(3).Dispose();
        var whole = File.ReadAllBytes(Path);
        var note = whole.Length / 3;
        for (var cut = 1; cut < note; cut++)
        {
            File.WriteAllBytes(Path, whole[..^cut]);
            using (var file = CheckpointFile.Open(Path, Origin))
            {
                Assert.Equal(6, SizeOf(file.Last!));
                file.Append(Signed(9));
            }
            Assert.Equal(whole, File.ReadAllBytes(Path));
        }
    }

    [Fact]
    public void Cut_in_its_first_note_it_is_empty()
    {
        Written(1).Dispose();
        var whole = File.ReadAllBytes(Path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            using var file = CheckpointFile.Open(Path, Origin);
            Assert.Null(file.Last);
        }
    }

    [Fact]
    public void The_file_of_another_log_and_a_whole_note_that_is_none_are_refused()
    {
        Written(3).Dispose();
        Assert.Throws<InvalidDataException>(() => CheckpointFile.Open(Path, "audit.example/partition-1"));
        var bytes = File.ReadAllBytes(Path);
        bytes[^2] = (byte)'!'; // in the base64 of the last signature
        File.WriteAllBytes(Path, bytes);
        var failure = Assert.Throws<InvalidDataException>(() => CheckpointFile.Open(Path, Origin));
        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
        Assert.Equal([3L, 6], CheckpointFile.ReadAll(Path).OfType<SignedNote>().Select(SizeOf));
        Assert.Single(CheckpointFile.ReadAll(Path), (SignedNote?)null);
    }

    private CheckpointFile Written(int count)
    {
        var file = CheckpointFile.Open(Path, Origin);
        for (var i = 1; i <= count; i++) file.Append(Signed(3 * i));
        return file;
    }

    private static SignedNote Signed(long size)
    {
        using var key = TestKey.Of(1);
        return new CheckpointSigner(Origin, key, last: null).Sign(size, Tree.Root(size), [], out _)!;
    }

    private static long SizeOf(SignedNote note) => Checkpoint.Parse(note.Text)!.Size;
}
