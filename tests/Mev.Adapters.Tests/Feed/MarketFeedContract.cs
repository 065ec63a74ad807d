using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Feed;

/// <summary>What every market feed does; of a live one, what its first part does.</summary>
public abstract class MarketFeedContract
{
    /// <summary>It has an end and is the same every time; otherwise it goes on and tells what happens.</summary>
    protected virtual bool IsRepeatable => true;

    /// <summary>Something happens after the startup values.</summary>
    protected virtual bool HasTransactions => true;

    /// <summary>A new feed over the same source each time.</summary>
    protected abstract IMarketFeed NewFeed();

    [Fact]
    public async Task Startup_values_come_first_and_end_with_a_complete_snapshot()
    {
        var batches = await KeptBatch.All(NewFeed());
        var events = batches.SelectMany(batch => batch.Events).ToList();
        var complete = events.FindIndex(e => e.Kind == FeedEventKind.SnapshotComplete);
        Assert.True(complete > 0);
        // What happens while a node is asked for the startup values is told meanwhile.
        if (IsRepeatable)
            Assert.All(events[..complete], e => Assert.True(e.Kind == FeedEventKind.AccountWrite && e.Write.IsStartup));
        else
            Assert.Contains(events[..complete], e => e.Kind == FeedEventKind.AccountWrite && e.Write.IsStartup);
        Assert.DoesNotContain(events[complete..], e => e.Kind == FeedEventKind.AccountWrite && e.Write.IsStartup);
    }

    [Fact]
    public async Task Positions_count_the_batches_and_the_total_is_known()
    {
        var feed = NewFeed();
        var batches = await KeptBatch.All(feed);
        var first = IsRepeatable ? 1 : batches[0].Cursor.Position; // a live one goes on counting from run to run
        Assert.Equal(batches.Select((_, i) => first + (ulong)i), batches.Select(batch => batch.Cursor.Position));
        Assert.Equal(IsRepeatable ? (ulong)batches.Count : null, feed.BatchesTotal);
        Assert.Equal(batches.Select(batch => batch.Cursor.Slot).Order(), batches.Select(batch => batch.Cursor.Slot));
    }

    [Fact]
    public async Task It_yields_the_same_every_time()
    {
        if (!IsRepeatable) return;
        var feed = NewFeed();
        var first = await KeptBatch.All(feed);
        foreach (var again in new[] { await KeptBatch.All(feed), await KeptBatch.All(NewFeed()) })
        {
            Assert.Equal(first.Select(batch => batch.Cursor), again.Select(batch => batch.Cursor));
            Assert.Equal(first.Select(Kinds), again.Select(Kinds));
            Assert.Equal(first.SelectMany(batch => batch.Writes), again.SelectMany(batch => batch.Writes));
        }

        static string Kinds(KeptBatch batch) => string.Join(' ', batch.Events.Select(e => e.Kind));
    }

    [Fact]
    public async Task Live_writes_have_rising_versions_and_a_transaction_that_no_other_batch_has()
    {
        var seen = new HashSet<TransactionSignature>();
        var last = (Slot: default(Slot), Version: 0UL);
        foreach (var batch in await KeptBatch.All(NewFeed()))
        {
            var writes = batch.Events.Where(e => e.Kind == FeedEventKind.AccountWrite && !e.Write.IsStartup)
                .Select(e => e.Write).ToList();
            var transactions = writes.Select(write => write.Transaction).Distinct()
                .Where(one => !one.IsNone).ToList();
            if (IsRepeatable) Assert.Equal(transactions.Count > 0, writes.Count > 0);
            // The reads of a live stream may cut a transaction.
            Assert.All(transactions, one => Assert.True(seen.Add(one) || !IsRepeatable));
            foreach (var write in writes)
            {
                Assert.True(write.Slot > last.Slot || (write.Slot == last.Slot && write.WriteVersion > last.Version));
                last = (write.Slot, write.WriteVersion);
            }
        }
        Assert.Equal(HasTransactions, seen.Count > 0);
    }

    [Fact]
    public async Task A_cancelled_reader_stops()
    {
        using var stop = new CancellationTokenSource();
        var batches = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in NewFeed().Read(stop.Token))
            {
                Assert.False(batch.Events.IsEmpty);
                if (++batches == 2) await stop.CancelAsync();
            }
        });
        Assert.Equal(2, batches);
    }
}
