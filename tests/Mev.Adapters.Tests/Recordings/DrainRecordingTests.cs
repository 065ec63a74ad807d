using CsCheck;
using Mev.Adapters.Solana.Recordings.Compact;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Recordings;

/// <summary>The drains of a conflating run stand in the recording of its feed, and are proven like it.</summary>
public sealed class DrainRecordingTests : IDisposable
{
    private const int Batches = 40;

    private readonly TemporaryFolder _folder = new();

    private string Whole => _folder.File("whole.mevrec");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Batches_and_drains_come_back_as_they_were_also_those_after_the_feeds_end()
    {
        var drains = Drain().Array[Batches, Batches].Single();
        using (var recorded = new RecordedFeed(new ManyBatches(), Whole, holdsDrains: true))
        {
            var next = 0;
            await foreach (var batch in recorded.Read())
                if (batch.Cursor.Position % 3 == 0) recorded.Note(drains[next++]);
            while (next < drains.Length) recorded.Note(drains[next++]);
            Assert.False(CompactRecording.Open(Whole).IsWhole); // not before the drains have ended too
            recorded.Close();
            Assert.Throws<FeedException>(() => recorded.Note(drains[0]));
        }
        var recording = CompactRecording.Open(Whole);
        Assert.Equal("", recording.Verify());
        Assert.True(recording.HasDrains);
        Assert.Equal((Batches, (ulong)Batches), (recording.Read().Count(), recording.DrainCount));
        Assert.Equal(drains.Select(Text), recording.Drains().Select(Text));
    }

    [Fact]
    public async Task A_feed_that_is_recorded_without_drains_has_none()
    {
        await KeptBatch.All(new RecordedFeed(new ManyBatches(), Whole));
        var recording = CompactRecording.Open(Whole);
        Assert.True(recording.IsWhole);
        Assert.False(recording.HasDrains);
        Assert.Empty(recording.Drains());
    }

    [Fact]
    public async Task A_changed_byte_is_noticed()
    {
        using (var recorded = new RecordedFeed(new ManyBatches(), Whole, holdsDrains: true))
        {
            await KeptBatch.All(recorded);
            foreach (var drain in Drain().Array[5, 5].Single()) recorded.Note(drain);
            recorded.Close();
        }
        var bytes = File.ReadAllBytes(Whole);
        var start = bytes.AsSpan().IndexOf("DRAN"u8);
        var end = bytes.AsSpan().IndexOf("END!"u8);
        var changed = _folder.File("changed.mevrec");
        for (var place = start; place < end; place++)
        {
            var altered = (byte[])bytes.Clone();
            altered[place] ^= (byte)(1 << (place % 8));
            File.WriteAllBytes(changed, altered);
            Assert.True(CompactRecording.Open(changed).Verify().Length > 0, $"byte {place - start} of the drains");
        }
    }

    private static string Text(DrainBounds drain) => $"{drain} {string.Join(' ', drain.Cuts)}";

    private static Gen<DrainBounds> Drain()
    {
        var slot = Gen.ULong[0, Slot.Max.Value].Select(value => new Slot(value));
        return Gen.Select(
            Gen.ULong.Array[1, 4], Gen.Select(slot, Gen.Long), Gen.Select(Gen.ULong, slot, Gen.ULong), slot,
            Gen.Select(Gen.UInt, Gen.ULong), (cuts, clock, reached, decided, taken) => new DrainBounds
            {
                Cuts = [.. cuts],
                Clock = new ChainClock(clock.Item1, clock.Item2),
                Reached = new FeedCursor(reached.Item1, reached.Item2, reached.Item3),
                DecidedIn = decided,
                Outcomes = taken.Item1,
                Ordered = taken.Item2,
            });
    }

    private sealed class ManyBatches : IMarketFeed
    {
        public string Description => "many";

        public ulong? BatchesTotal => Batches;

        public async IAsyncEnumerable<FeedBatch> Read(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            for (var i = 1UL; i <= Batches; i++)
            {
                var slot = new Slot(i);
                yield return new FeedBatch(
                    new FeedCursor(i, slot, 0), (long)i * 300_000_000, new[] { FeedEvent.TimeIs(slot, (long)i) });
            }
        }
    }
}
