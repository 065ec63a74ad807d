using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Recordings;

public sealed class SnapshotFeedTests : MarketFeedContract, IDisposable
{
    private const int Accounts = 2 * SnapshotFeed.AccountsPerBatch + 1;

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("accounts-123.csv");

    protected override bool HasTransactions => false;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_account_comes_once_then_the_end_of_the_snapshot_and_its_slot_as_processed()
    {
        var batches = await KeptBatch.All(NewFeed());
        Assert.Equal([512, 512, 1, 2], batches.Select(batch => batch.Events.Length));
        Assert.All(batches, batch => Assert.Equal(new Slot(123), batch.Cursor.Slot));
        var writes = batches.SkipLast(1).SelectMany(batch => batch.Events).Select(e => e.Write).ToList();
        Assert.Equal(Enumerable.Range(0, Accounts), writes.Select(write => BitConverter.ToInt32(write.Data.Span)));
        Assert.Equal(
            [
                FeedEvent.SnapshotComplete(new Slot(123)),
                FeedEvent.SlotIs(SlotStatus.Processed, new Slot(123), new Slot(122)),
            ],
            batches[^1].Events);
    }

    [Fact]
    public async Task Bytes_of_a_batch_do_not_change_while_the_batch_is_valid()
    {
        await foreach (var batch in NewFeed().Read())
        {
            var values = batch.Events.ToArray().Where(e => e.Kind == FeedEventKind.AccountWrite)
                .Select(e => BitConverter.ToInt32(e.Write.Data.Span)).ToList();
            Assert.Equal(values.Distinct(), values);
        }
    }

    [Fact]
    public async Task What_is_missing_or_empty_is_named()
    {
        Assert.Contains("nowhere", Refusal(() => new SnapshotFeed(_folder.File("nowhere-1.csv"), TimeProvider.System)));
        System.IO.File.WriteAllText(File, "\n");
        var e = await Assert.ThrowsAsync<FeedException>(
            () => KeptBatch.All(new SnapshotFeed(File, TimeProvider.System)));
        Assert.Contains("holds no account", e.Message, StringComparison.Ordinal);

        static string Refusal(Func<object> act) => Assert.Throws<FeedException>(act).Message;
    }

    [Theory]
    [InlineData("whirlpool-snapshot-148605264.csv.gz", 114)]
    [InlineData("whirlpool-snapshot-175391999.csv.gz", 736)]
    public async Task Every_pool_of_a_recorded_market_is_known_in_the_end(string name, int pools)
    {
        var feed = new SnapshotFeed(TestData.Need("traffic", "whirlpool-snapshots", name), TimeProvider.System);
        var assembler = new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        var seen = new HashSet<PoolId>();
        await foreach (var batch in feed.Read())
        {
            assembler.Take(batch);
            foreach (var e in batch.Events.ToArray().Where(e => e.Kind == FeedEventKind.AccountWrite))
                if (PoolDecoder.TryCreate(e.Write) is { } pool) seen.Add(pool.Id);
        }
        assembler.CloseTransaction();
        Assert.Equal(pools, seen.Count);
        Assert.All(seen, id => Assert.True(assembler.TryGet(id, out var pool) && pool.Copy().Accounts.Length > 0));
        Assert.True(seen.Count(id => assembler.TryGet(id, out var pool) && IsQuotable(pool)) > pools / 2);
    }

    private static bool IsQuotable(AssembledPool pool) =>
        pool.Condition == PoolCondition.None && pool.Copy().Defect == PoolDefect.None;

    protected override IMarketFeed NewFeed()
    {
        System.IO.File.WriteAllLines(File, Enumerable.Range(0, Accounts).Select(i =>
            $"{new Pubkey(Digest.Of(BitConverter.GetBytes(i)).ToArray())},"
            + Convert.ToBase64String(BitConverter.GetBytes(i))));
        return new SnapshotFeed(File, TimeProvider.System);
    }
}
