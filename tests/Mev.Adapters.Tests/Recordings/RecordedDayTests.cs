using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Feed;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Recordings;

/// <summary>The recorded day executed here, beside what the program itself wrote for its first 6,000 swaps.</summary>
public sealed class RecordedDayTests
{
    // 6,000 swaps of the replay; 12 of its transactions hold two.
    private const int ReplayedTransactions = 5_988;
    private const int Orders = 9_466;

    [Fact]
    public async Task As_far_as_the_program_was_run_the_day_leaves_its_bytes_and_no_order_of_the_rest_is_lost()
    {
        var blocks = TestData.Need("traffic", "whirlpool-20220406", "whirlpool-transaction-20220406.jsonl.gz");
        var day = new DayFeed(new RecordingSource { Path = blocks }, TimeProvider.System);
        var replay = await KeptBatch.All(new RecordingFeed(
            new RecordingSource { Path = TestData.Need("traffic", "whirlpool-replay.jsonl.gz") },
            TimeProvider.System));
        Assert.Equal(ReplayedTransactions + 1, replay.Count);
        var (batches, orders) = (0, 0);
        await foreach (var batch in day.Read())
        {
            if (batches == 0) Assert.Superset(Written(replay[0].Events), Written(batch.Events.ToArray()));
            else if (batches < replay.Count) CheckEqual(replay[batches], batch);
            batches++;
            orders += batch.Events.ToArray().Count(e => e.Kind == FeedEventKind.Swap);
        }

        // All orders of that day are exact-in, and none fails on the state of its end, on which they are executed.
        Assert.Equal((Orders, 0L), (orders, day.OrdersDropped));
        Assert.Equal((ulong)batches, await Totals.Of(day));
    }

    private static void CheckEqual(KeptBatch expected, in FeedBatch actual)
    {
        Assert.Equal(expected.Cursor, actual.Cursor);
        var kept = new KeptBatch(actual.Cursor, actual.Events.ToArray());
        Assert.Equal(expected.Writes, kept.Writes);
        Assert.Equal(expected.Events.Select(WithoutBytes), kept.Events.Select(WithoutBytes));
    }

    private static HashSet<string> Written(FeedEvent[] events) => [.. new KeptBatch(default, events).Writes];

    private static FeedEvent WithoutBytes(FeedEvent e) => e.Kind == FeedEventKind.AccountWrite ? default : e;
}
