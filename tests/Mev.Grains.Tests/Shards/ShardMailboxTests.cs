using Mev.Domain.Feed;
using Mev.Grains.Shards;

namespace Mev.Grains.Tests.Shards;

public sealed class ShardMailboxTests
{
    [Fact]
    public void A_pool_is_queued_once_with_its_oldest_arrival()
    {
        var mailbox = Mailbox(2);
        foreach (var arrivedNs in new[] { 100, 200, 300 }) mailbox.Post(1, arrivedNs);
        Assert.Equal((1, 2L), (mailbox.Depth, mailbox.Conflated));
        Assert.True(mailbox.TryTake(out var pool, out _, out var oldestNs));
        Assert.Equal((1, 100L), (pool, oldestNs));
        Assert.False(mailbox.TryTake(out _, out _, out _));
        mailbox.Post(1, 400);
        Assert.True(mailbox.TryTake(out _, out _, out oldestNs));
        Assert.Equal(400, oldestNs);
    }

    [Fact]
    public void Every_change_is_taken_overtaken_with_a_count_or_waiting()
    {
        var mailbox = Mailbox(3);

        Assert.Equal(0, Missing(mailbox, mailbox.Post));
        Assert.True(mailbox.Conflated > 0);
    }

    [Fact]
    public void A_mailbox_that_ignores_changes_while_a_pool_waits_breaks_it()
    {
        var mailbox = Mailbox(3);

        Assert.NotEqual(0, Missing(mailbox, PostWhenEmpty));

        void PostWhenEmpty(int pool, long arrivedNs)
        {
            if (mailbox.Depth == 0) mailbox.Post(pool, arrivedNs);
        }
    }

    [Fact]
    public void Full_it_holds_every_pool_once_in_the_order_of_their_changes()
    {
        var mailbox = Mailbox(5);
        for (var i = 0; i < 20; i++) mailbox.Post(3 * i % 5, i);
        Assert.Equal((5, 15L), (mailbox.Depth, mailbox.Conflated));
        var taken = new List<int>();
        while (mailbox.TryTake(out var pool, out _, out _)) taken.Add(pool);
        Assert.Equal([0, 3, 1, 4, 2], taken);
    }

    [Fact]
    public async Task Under_two_threads_the_last_change_of_every_pool_is_seen()
    {
        const int Pools = 7;
        const int Last = 200_000;
        var mailbox = Mailbox(Pools);
        var (states, seen) = (new long[Pools], new long[Pools]);
        var posting = Task.Factory.StartNew(
            () =>
            {
                for (var value = 1L; value <= Last; value++)
                {
                    var pool = (int)(value * 2_654_435_761 % Pools);
                    Volatile.Write(ref states[pool], value); // the pool itself, of which the mailbox only tells
                    mailbox.Post(pool, value);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (!posting.IsCompleted || mailbox.Depth > 0)
        {
            while (mailbox.TryTake(out var pool, out _, out var arrivedNs))
            {
                var state = Volatile.Read(ref states[pool]);
                Assert.InRange(arrivedNs, 1, state);
                seen[pool] = state;
            }
        }
        await posting;
        Assert.Equal(states, seen);
    }

    [Fact]
    public void Posting_and_taking_allocate_nothing()
    {
        var mailbox = Mailbox(1);
        Exchange(mailbox, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(mailbox, 10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ShardMailbox Mailbox(int pools) => new(new AssembledPool[pools]);

    /// <summary>Changes that neither were taken nor counted nor wait.</summary>
    private static long Missing(ShardMailbox mailbox, Action<int, long> post)
    {
        const int Posts = 1_000;
        var taken = 0;
        for (var i = 0; i < Posts; i++)
        {
            post(i % 3, i);
            if (i % 7 == 0 && mailbox.TryTake(out _, out _, out _)) taken++;
        }
        return Posts - taken - mailbox.Conflated - mailbox.Depth;
    }

    private static void Exchange(ShardMailbox mailbox, int times)
    {
        for (var i = 0; i < times; i++)
        {
            mailbox.Post(0, i);
            mailbox.TryTake(out _, out _, out _);
        }
    }
}
