using Mev.Adapters.Solana.Recordings.Compact;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Recordings;

/// <summary>A recording whose file takes no more bytes ends with its last whole frame.</summary>
public sealed class FullDiskRecordingTests : IDisposable
{
    private const int Batches = 20;
    private const long FrameNs = 1_000_000_000; // every second batch ends a frame

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("full-");

    private string Whole => Path.Combine(_folder.FullName, "whole.mevrec");

    private string Short => Path.Combine(_folder.FullName, "short.mevrec");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Wherever_the_room_ends_what_remains_is_read_to_its_last_whole_frame()
    {
        using (var writer = new CompactRecordingWriter(Whole, "made up", hasWholeTransactions: true))
        {
            for (var i = 0; i < Batches; i++) writer.Add(Batch(i));
            writer.Close();
        }
        var expected = Slots(Whole, out _);
        Assert.Equal(Batches, expected.Count);
        var most = 0;
        for (var room = (int)new FileInfo(Whole).Length - 1; room >= 0; room--)
        {
            var told = Record(room);
            Assert.Contains(Short, told, StringComparison.Ordinal);
            Assert.Contains("no room", told, StringComparison.Ordinal);
            if (!File.Exists(Short)) continue; // not even room for the head
            Assert.InRange(new FileInfo(Short).Length, 0, room);
            var read = Slots(Short, out var end);
            Assert.Contains("was cut after batch", end, StringComparison.Ordinal);
            Assert.Equal(expected[..read.Count], read);
            most = Math.Max(most, read.Count);
            File.Delete(Short);
        }
        Assert.Equal(Batches, most); // only the end was missing
    }

    [Fact]
    public void A_recording_that_has_ended_takes_nothing_more_and_says_so()
    {
        using var file = new LimitedFile(Short, room: 60);
        using var writer = new CompactRecordingWriter(file, Short, "made up", hasWholeTransactions: true);
        writer.Add(Batch(0));
        Assert.Throws<FeedException>(() => writer.Add(Batch(1)));
        var bytes = new FileInfo(Short).Length;

        file.Room = 1_000_000;

        var failure = Assert.Throws<FeedException>(() => writer.Add(Batch(2)));
        Assert.Contains(Short, failure.Message, StringComparison.Ordinal);
        writer.Close();
        Assert.Equal(bytes, new FileInfo(Short).Length);
    }

    [Fact]
    public void A_path_is_fit_for_a_recording_when_a_new_file_can_be_made_there()
    {
        Assert.True(CompactRecordingWriter.CanMake(Short));
        Assert.False(File.Exists(Short));
        File.WriteAllBytes(Short, []);
        Assert.False(CompactRecordingWriter.CanMake(Short));
        Assert.True(File.Exists(Short));
        Assert.False(CompactRecordingWriter.CanMake(Path.Combine(_folder.FullName, "nowhere", "x.mevrec")));
        Assert.False(CompactRecordingWriter.CanMake(_folder.FullName));
    }

    /// <summary>Records until it is told that it cannot be; the message.</summary>
    private string Record(int room)
    {
        using var file = new LimitedFile(Short, room);
        var failure = Assert.Throws<FeedException>(() =>
        {
            using var writer = new CompactRecordingWriter(file, Short, "made up", hasWholeTransactions: true);
            try
            {
                for (var i = 0; i < Batches; i++) writer.Add(Batch(i));
            }
            finally
            {
                writer.Close(); // as the feed that is recorded does
            }
        });
        return failure.Message;
    }

    private static FeedBatch Batch(int i)
    {
        var slot = new Slot((ulong)i);
        return new FeedBatch(
            new FeedCursor(0, slot, 0), i * FrameNs,
            new[] { FeedEvent.SlotIs(SlotStatus.Processed, slot), FeedEvent.TimeIs(slot, i) });
    }

    private static List<Slot> Slots(string file, out string end)
    {
        var slots = new List<Slot>();
        end = "";
        try
        {
            foreach (var batch in CompactRecording.Open(file).Read()) slots.Add(batch.Cursor.Slot);
        }
        catch (FeedException failure)
        {
            end = failure.Message;
        }
        return slots;
    }

    /// <summary>A file on a disk with so much room: a write beyond leaves what fits and fails.</summary>
    private sealed class LimitedFile(string path, int room)
        : FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
    {
        public int Room { get; set; } = room;

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void Write(byte[] buffer, int offset, int count)
        {
            var fits = (int)Math.Min(count, Math.Max(0, Room - Position));
            base.Write(buffer, offset, fits);
            if (fits < count) throw new IOException("no room is left");
        }
    }
}
