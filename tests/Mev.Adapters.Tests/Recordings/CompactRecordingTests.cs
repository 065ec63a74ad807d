using CsCheck;
using Mev.Adapters.Solana.Recordings.Compact;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Adapters.Tests.Recordings;

/// <summary>The file: frames, what a cut or damaged one says, and that nothing else comes of hostile bytes.</summary>
public sealed class CompactRecordingTests : IDisposable
{
    private const int Frames = 5;
    private const int BatchesInFrame = 10;
    private const long StepNs = 1_000_000_000 / (BatchesInFrame - 1) + 1; // the tenth is a second after the first

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compact-");

    private string Whole => Path.Combine(_folder.FullName, "whole.mevrec");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_event_comes_back_as_it_was() => Batches().Sample(batches =>
    {
        var file = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        using (var writer = new CompactRecordingWriter(file, "any", hasWholeTransactions: false))
        {
            foreach (var batch in batches) writer.Add(batch);
            writer.Close();
        }
        var read = CompactRecording.Open(file).Read().Select(Text).ToList();
        File.Delete(file);
        Assert.Equal(batches.Select(Text), read);
    }, iter: 100);

    [Fact]
    public void A_frame_is_written_for_every_second_and_found_by_its_slots()
    {
        Write(Whole, close: true);

        var recording = CompactRecording.Open(Whole);

        Assert.True(recording.IsWhole);
        Assert.Equal((Frames, (ulong)(Frames * BatchesInFrame)), (recording.Frames, recording.Batches));
        Assert.Equal((new Slot(0), new Slot(Frames * BatchesInFrame - 1)), recording.Slots);
        var from = recording.Read(from: new Slot(25)).Select(batch => batch.Cursor).ToList();
        Assert.Equal(new FeedCursor(21, new Slot(20), 0), from[0]); // of the frame that has the slot
        Assert.Equal(Frames * BatchesInFrame - 20, from.Count);
    }

    [Fact]
    public void A_recording_without_its_end_says_so_after_all_whole_frames()
    {
        Write(Whole, close: false);

        var recording = CompactRecording.Open(Whole);

        Assert.False(recording.IsWhole);
        var (count, message) = ReadAll(recording);
        Assert.Equal(Frames * BatchesInFrame, count);
        Assert.Contains("was cut after batch 50", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_anywhere_it_yields_the_whole_frames_before_and_a_message()
    {
        Write(Whole, close: true);
        var bytes = File.ReadAllBytes(Whole);
        var cut = Path.Combine(_folder.FullName, "cut.mevrec");
        var last = 0;
        for (var length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(cut, bytes[..length]);
            var (count, message) = TryRead(cut);
            Assert.NotEqual("", message);
            Assert.True(count % BatchesInFrame == 0 && count >= last, $"{count} batches of {length} bytes");
            last = count;
        }
        Assert.Equal(Frames * BatchesInFrame, last);
    }

    /// <summary>Wherever a byte is changed, either it is noticed or what was recorded comes back.</summary>
    [Fact]
    public void A_changed_byte_is_noticed_and_nothing_but_a_message_comes_of_it()
    {
        Write(Whole, close: true);
        var bytes = File.ReadAllBytes(Whole);
        var expected = CompactRecording.Open(Whole).Read().Select(Text).ToList();
        var changed = Path.Combine(_folder.FullName, "changed.mevrec");
        var noticed = 0;
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample(
            (place, change) =>
            {
                var altered = (byte[])bytes.Clone();
                altered[place] ^= change;
                File.WriteAllBytes(changed, altered);
                List<string> read = [];
                try
                {
                    foreach (var batch in CompactRecording.Open(changed).Read()) read.Add(Text(batch));
                    Assert.Equal(expected, read);
                }
                catch (FeedException failure)
                {
                    noticed++;
                    Assert.Contains(changed, failure.Message, StringComparison.Ordinal);
                    Assert.Equal(expected[..read.Count], read);
                }
            },
            iter: Soak.Times(400, 20_000), threads: 1);
        Assert.True(noticed > 0);
    }

    /// <summary>A flag of the head, a slot of the index: nothing else would tell that they were changed.</summary>
    [Fact]
    public void Each_bit_of_the_head_and_of_a_frames_head_is_proven()
    {
        Write(Whole, close: true);
        var bytes = File.ReadAllBytes(Whole);
        var head = bytes.AsSpan().IndexOf("FRAM"u8);
        var second = head + 1 + bytes.AsSpan(head + 1).IndexOf("FRAM"u8);
        var end = bytes.AsSpan().IndexOf("END!"u8);
        int[] places = [.. Enumerable.Range(0, head), .. FrameAt(head), .. FrameAt(second), .. FrameAt(end)];
        var changed = Path.Combine(_folder.FullName, "changed.mevrec");
        foreach (var place in places)
        {
            var altered = (byte[])bytes.Clone();
            altered[place] ^= (byte)(1 << (place % 8));
            File.WriteAllBytes(changed, altered);
            Assert.NotEqual("", TryRead(changed).Message);
        }
        Assert.Equal(bytes.Length, end + CompactFrame.Length);

        static IEnumerable<int> FrameAt(int offset) => Enumerable.Range(offset, CompactFrame.Length);
    }

    [Fact]
    public void Frames_that_changed_places_are_noticed_before_any_is_read()
    {
        Write(Whole, close: true);
        var bytes = File.ReadAllBytes(Whole).AsSpan();
        var first = bytes.IndexOf("FRAM"u8);
        var second = first + 1 + bytes[(first + 1)..].IndexOf("FRAM"u8);
        var third = second + 1 + bytes[(second + 1)..].IndexOf("FRAM"u8);
        var swapped = Path.Combine(_folder.FullName, "swapped.mevrec");
        File.WriteAllBytes(
            swapped, [.. bytes[..first], .. bytes[second..third], .. bytes[first..second], .. bytes[third..]]);
        Assert.Contains("is damaged after batch 0 in frame 0", TryRead(swapped).Message, StringComparison.Ordinal);
    }

    /// <summary>The frames' heads are right: only who reads the frames can tell.</summary>
    [Fact]
    public void Verifying_reads_what_is_in_the_frames()
    {
        Write(Whole, close: true);
        var bytes = File.ReadAllBytes(Whole);
        bytes[bytes.AsSpan().IndexOf("FRAM"u8) + CompactFrame.Length + 20] ^= 1;
        var damaged = Path.Combine(_folder.FullName, "damaged.mevrec");
        File.WriteAllBytes(damaged, bytes);
        var recording = CompactRecording.Open(damaged);
        Assert.True(recording.IsWhole);
        Assert.Contains(
            $"recording {damaged} is damaged in the frame at byte", recording.Verify(), StringComparison.Ordinal);
        Assert.Equal("", CompactRecording.Open(Whole).Verify());
    }

    [Fact]
    public void A_slot_that_cannot_be_is_refused()
    {
        using (var writer = new CompactRecordingWriter(Whole, "", hasWholeTransactions: true))
        {
            foreach (var slot in new[] { Slot.Max, new Slot(1UL << 63) })
                writer.Add(new FeedBatch(new FeedCursor(1, slot, 0), 0, Array.Empty<FeedEvent>()));
            writer.Close();
        }
        var (count, message) = TryRead(Whole);
        Assert.Equal(1, count);
        Assert.Contains("a slot 9223372036854775808 cannot be", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_exists_is_not_overwritten()
    {
        Write(Whole, close: true);
        var failure = Assert.Throws<FeedException>(() => new CompactRecordingWriter(Whole, "", true));
        Assert.Contains("name a new file", failure.Message, StringComparison.Ordinal);
        Assert.True(CompactRecording.Open(Whole).IsWhole);
    }

    [Fact]
    public async Task At_a_speed_batches_come_when_they_came_and_that_much_faster()
    {
        Write(Whole, close: true);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        var batches = KeptBatch.All(new CompactFeed(Whole, speed: 10, time));
        for (var tenths = 0; !batches.IsCompleted; tenths++)
        {
            Assert.True(tenths < 1_000, "it never ended");
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        var elapsed = time.GetUtcNow() - DateTimeOffset.UnixEpoch.AddDays(20_000);
        Assert.InRange(elapsed.TotalMilliseconds, 540, 1_500); // 5.4 s of feed at 10 times its speed
    }

    /// <summary>Batches a slot apart, of which ten make a frame.</summary>
    private static void Write(string file, bool close)
    {
        using var writer = new CompactRecordingWriter(file, "made up", hasWholeTransactions: true);
        for (var i = 0; i < Frames * BatchesInFrame; i++)
        {
            var slot = new Slot((ulong)i);
            writer.Add(new FeedBatch(
                new FeedCursor(99, slot, 0), i * StepNs,
                new[] { FeedEvent.SlotIs(SlotStatus.Processed, slot), FeedEvent.TimeIs(slot, i) }));
        }
        if (close) writer.Close();
    }

    private static (int Count, string Message) TryRead(string file)
    {
        try
        {
            return ReadAll(CompactRecording.Open(file));
        }
        catch (FeedException failure)
        {
            return (0, failure.Message);
        }
    }

    private static (int Count, string Message) ReadAll(CompactRecording recording)
    {
        var count = 0;
        try
        {
            foreach (var _ in recording.Read()) count++;
            return (count, "");
        }
        catch (FeedException failure)
        {
            return (count, failure.Message);
        }
    }

    private static string Text(FeedBatch batch) =>
        $"{batch.Cursor.Slot} {batch.Cursor.WriteVersion} {batch.ArrivedNs} "
        + string.Join('|', batch.Events.ToArray().Select(e =>
            $"{e} {Convert.ToHexString(e.Write.Data.Span)}"));

    private static Gen<FeedBatch[]> Batches()
    {
        var key = Gen.Byte.Array[32].Select(bytes => new Pubkey(bytes));
        var signature = Gen.Byte.Array[64].Select(bytes => TransactionSignature.From(bytes));
        var slot = Gen.ULong[0, Slot.Max.Value].Select(value => new Slot(value));
        var write = Gen.Select(
            Gen.Select(key, key, signature), Gen.Select(slot, Gen.ULong, Gen.ULong, Gen.Bool, Gen.Bool),
            Gen.Byte.Array[0, 300],
            (keys, numbers, data) => FeedEvent.Of(new AccountWrite
            {
                Key = keys.Item1,
                Owner = keys.Item2,
                Transaction = numbers.Item4 ? keys.Item3 : default,
                Slot = numbers.Item1,
                WriteVersion = numbers.Item2,
                Lamports = numbers.Item3,
                IsStartup = numbers.Item5,
                Data = data,
            }));
        var swap = Gen.Select(key, Gen.Bool, Gen.ULong, signature).Select((pool, isAToB, units, by) => FeedEvent.Swap(
            new SwapOrder(
                new PoolId(pool), isAToB ? SwapDirection.AToB : SwapDirection.BToA, new TokenAmount(units)), by));
        var other = Gen.Select(Gen.Int[0, 5], slot, slot, Gen.Long).Select((kind, one, parent, unixTime) => kind switch
        {
            0 => FeedEvent.SlotIs((SlotStatus)(byte)(unixTime & 3), one, parent),
            1 => FeedEvent.TimeIs(one, unixTime),
            2 => FeedEvent.SnapshotComplete(one),
            3 => FeedEvent.Gap(one),
            4 => FeedEvent.ChainHead(one),
            _ => default,
        });
        return Gen.Select(slot, Gen.ULong, Gen.Long, Gen.OneOf(write, swap, other).Array[0, 5])
            .Select((at, version, arrived, events) =>
                new FeedBatch(new FeedCursor(0, at, version), arrived / 4, events))
            .Array[1, 20];
    }
}
