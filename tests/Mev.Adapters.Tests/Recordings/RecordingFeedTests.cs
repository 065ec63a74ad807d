using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Recordings;

public sealed class RecordingFeedTests : MarketFeedContract, IDisposable
{
    private readonly MiniRecording _recording = new();

    public void Dispose() => _recording.Dispose();

    [Fact]
    public async Task Identity_tells_a_recording_from_one_of_the_same_name()
    {
        var identity = Feed().Identity;
        Assert.Equal(identity, Feed().Identity);
        var accounts = Directory.GetFiles(_recording.Folder, "*.initial-accounts.jsonl*").Single();
        foreach (var file in new[] { _recording.Replay, accounts })
        {
            var bytes = await File.ReadAllBytesAsync(file);
            await File.WriteAllBytesAsync(file, [.. bytes, (byte)'\n']);
            Assert.NotEqual(identity, Feed().Identity);
            await File.WriteAllBytesAsync(file, [(byte)(bytes[0] ^ 1), .. bytes[1..]]);
            Assert.NotEqual(identity, Feed().Identity);
            await File.WriteAllBytesAsync(file, bytes);
        }
        Assert.Equal(identity, Feed().Identity);
    }

    [Fact]
    public async Task The_first_batch_holds_the_startup_values_in_the_slot_before()
    {
        var first = (await Batches())[0];
        Assert.Equal(3, first.Events.Length);
        Assert.All(first.Events[..2], e => Assert.True(e.Write.IsStartup));
        Assert.Equal(new Slot(MiniRecording.FirstSlot - 1), first.Events[0].Write.Slot);
        Assert.Equal(FeedEventKind.SnapshotComplete, first.Events[2].Kind);
        Assert.Equal(new FeedCursor(1, new Slot(MiniRecording.FirstSlot - 1), 0), first.Cursor);
    }

    [Fact]
    public async Task Each_transaction_is_one_batch_and_two_swaps_of_one_signature_share_it()
    {
        var batches = await Batches();
        Assert.Equal(MiniRecording.Lines, batches.Count);
        Assert.Equal((ulong)batches.Count, await Totals.Of(Feed()));
        FeedEventKind[] expected =
        [
            FeedEventKind.BlockTime, FeedEventKind.Swap, FeedEventKind.AccountWrite, FeedEventKind.Swap,
            FeedEventKind.AccountWrite,
        ];
        Assert.Equal(expected, batches[11].Events.Select(e => e.Kind));
    }

    [Fact]
    public async Task A_new_slot_is_processed_and_older_ones_confirmed_and_finalized()
    {
        var statuses = (await Batches()).SelectMany(batch => batch.Events)
            .Where(e => e.Kind == FeedEventKind.SlotStatus).ToList();
        var distinct = Enumerable.Range(0, MiniRecording.Lines).Select(MiniRecording.SlotOf).Distinct().ToList();
        Assert.Equal(distinct, Slots(SlotStatus.Processed));
        Assert.Equal(distinct.SkipLast(RecordingFeed.ConfirmedBehind), Slots(SlotStatus.Confirmed));
        Assert.Equal(distinct.SkipLast(RecordingFeed.FinalizedBehind), Slots(SlotStatus.Finalized));
        var processed = statuses.Where(e => e.Status == SlotStatus.Processed).ToList();
        Assert.Equal(new Slot(MiniRecording.FirstSlot - 1), processed[0].Parent);
        Assert.All(processed.Skip(1).Zip(processed), pair => Assert.Equal(pair.Second.Slot, pair.First.Parent));

        IEnumerable<ulong> Slots(SlotStatus status) =>
            statuses.Where(e => e.Status == status).Select(e => e.Slot.Value);
    }

    [Fact]
    public async Task Orders_and_writes_are_those_of_the_lines_with_rising_write_versions()
    {
        var events = (await Batches()).Skip(1).SelectMany(batch => batch.Events).ToList();
        var orders = events.Where(e => e.Kind == FeedEventKind.Swap).ToList();
        var writes = events.Where(e => e.Kind == FeedEventKind.AccountWrite).Select(e => e.Write).ToList();
        Assert.Equal(MiniRecording.Lines, orders.Count);
        Assert.Equal(MiniRecording.Lines, writes.Count);
        for (var line = 0; line < MiniRecording.Lines; line++)
        {
            var direction = line % 3 == 0 ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = MiniRecording.Pool(line % 2);
            var amount = new TokenAmount((ulong)line + 1);
            Assert.Equal(new SwapOrder(new PoolId(pool), direction, amount), orders[line].Order);
            Assert.Equal(orders[line].Transaction, writes[line].Transaction);
            Assert.Equal((pool, (ulong)line + 1), (writes[line].Key, writes[line].WriteVersion));
            Assert.Equal(line + 1, BitConverter.ToInt32(writes[line].Data.Span));
            Assert.Equal(Programs.Whirlpool, writes[line].Owner);
        }
    }

    [Fact]
    public async Task A_plain_file_reads_as_a_compressed_one()
    {
        var compressed = await Batches();
        File.WriteAllLines(_recording.Replay, MiniRecording.Text());
        Assert.Equal(compressed.SelectMany(batch => batch.Writes), (await Batches()).SelectMany(batch => batch.Writes));
    }

    [Fact]
    public async Task With_a_speed_each_batch_waits_for_its_time()
    {
        var time = new SteppingTime();
        var feed = new RecordingFeed(new RecordingSource { Path = _recording.Folder, Speed = 2 }, time);
        var arrivals = new List<long>();
        await foreach (var batch in feed.Read()) arrivals.Add(batch.ArrivedNs);
        var seconds = (arrivals[^1] - arrivals[0]) / 1e9;
        Assert.Equal((MiniRecording.Lines - 1) / 3 / 2.0, seconds, 0.001);
        Assert.Equal(arrivals.Order(), arrivals);
        Assert.Equal(seconds, time.Waited.TotalSeconds, 0.001);
    }

    protected override IMarketFeed NewFeed() => Feed();

    private RecordingFeed Feed() => new(new RecordingSource { Path = _recording.Folder }, TimeProvider.System);

    private Task<List<KeptBatch>> Batches() => KeptBatch.All(Feed());
}
