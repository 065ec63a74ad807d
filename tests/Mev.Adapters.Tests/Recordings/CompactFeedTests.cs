using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Solana.Recordings.Compact;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Recordings;

/// <summary>A compact recording is a feed like the one that it was made of.</summary>
public sealed class CompactFeedTests : MarketFeedContract, IDisposable
{
    private readonly MiniRecording _recording = new();
    private readonly string _file;

    public CompactFeedTests()
    {
        _file = Path.Combine(_recording.Folder, "mini.mevrec");
        using var writer = new CompactRecordingWriter(_file, "mini", hasWholeTransactions: true);
        foreach (var batch in Source().Read().ToBlockingEnumerable()) writer.Add(batch);
        writer.Close();
    }

    public void Dispose() => _recording.Dispose();

    [Fact]
    public async Task It_yields_what_was_recorded()
    {
        var recorded = await KeptBatch.All(Source());
        var read = await KeptBatch.All(NewFeed());

        Assert.Equal(recorded.Select(batch => batch.Cursor), read.Select(batch => batch.Cursor));
        Assert.Equal(recorded.SelectMany(batch => batch.Writes), read.SelectMany(batch => batch.Writes));
        Assert.Equal(Others(recorded), Others(read));
        Assert.Equal("recording mini.mevrec of mini", NewFeed().Description);

        static IEnumerable<FeedEvent> Others(List<KeptBatch> batches) => batches.SelectMany(batch => batch.Events)
            .Where(e => e.Kind != FeedEventKind.AccountWrite);
    }

    [Fact]
    public async Task A_feed_that_is_recorded_while_it_is_read_yields_the_same_and_leaves_a_whole_file()
    {
        var again = Path.Combine(_recording.Folder, "again.mevrec");
        var tapped = await KeptBatch.All(new RecordedFeed(Source(), again));

        Assert.Equal((await KeptBatch.All(NewFeed())).SelectMany(batch => batch.Writes),
            tapped.SelectMany(batch => batch.Writes));
        Assert.True(CompactRecording.Open(again).IsWhole);
    }

    [Fact]
    public async Task A_reader_that_stops_in_the_middle_leaves_a_whole_recording_of_what_it_read()
    {
        var half = Path.Combine(_recording.Folder, "half.mevrec");
        await foreach (var batch in new RecordedFeed(Source(), half).Read())
            if (batch.Cursor.Position == 40) break;

        var recording = CompactRecording.Open(half);
        Assert.True(recording.IsWhole);
        Assert.Equal(40UL, recording.Batches);
    }

    [Fact]
    public void Whoever_asks_for_a_slot_gets_every_batch_of_it_and_its_place()
    {
        var recording = CompactRecording.Open(_file);
        var slot = new Slot(MiniRecording.SlotOf(60));
        var all = recording.Read().Where(batch => batch.Cursor.Slot == slot).Select(batch => batch.Cursor).ToList();

        Assert.NotEmpty(all);
        Assert.Equal(all, recording.Read(from: slot).Where(batch => batch.Cursor.Slot == slot)
            .Select(batch => batch.Cursor));
    }

    [Theory]
    [InlineData(100_000_000_000_000_000)]
    [InlineData(long.MaxValue)]
    public async Task An_arrival_that_jumps_ends_a_paced_feed_with_its_batch(long arrivedNs)
    {
        var jumping = Path.Combine(_recording.Folder, "jumping.mevrec");
        using (var writer = new CompactRecordingWriter(jumping, "mini", hasWholeTransactions: true))
        {
            foreach (var batch in Source().Read().ToBlockingEnumerable())
                writer.Add(batch with { ArrivedNs = batch.Cursor.Position < 9 ? 1_000 : arrivedNs });
            writer.Close();
        }
        var feed = new CompactFeed(jumping, speed: 0.001, new SteppingTime());

        var e = await Assert.ThrowsAsync<FeedException>(() => KeptBatch.All(feed));

        Assert.Contains($"{jumping} batch 9: its time is", e.Message, StringComparison.Ordinal);
    }

    protected override IMarketFeed NewFeed() => new CompactFeed(_file, speed: 0, TimeProvider.System);

    private RecordingFeed Source() => new(new RecordingSource { Path = _recording.Folder }, TimeProvider.System);
}
