using Mev.Domain.Feed;
using Mev.Grains.Shards;

namespace Mev.Grains.Tests.Shards;

public sealed class ShardMailboxTests
{
    [Fact]
    public void The_latest_state_wins_and_the_oldest_arrival_is_kept()
    {
        var source = new CountedPool(1);
        var mailbox = new ShardMailbox([source]);
        foreach (var value in new ulong[] { 1, 2, 3 })
        {
            source.Value = value;
            mailbox.Post(0, source, PoolCondition.None, arrivedNs: (long)value * 100);
        }
        Assert.Equal(1, mailbox.Depth);
        Assert.Equal(2, mailbox.Conflated);
        Assert.True(mailbox.TryTake(out var pool, out var state));
        Assert.Equal((0, 3UL, 100L), (pool, ((CountedPool)state.Pool).Value, state.ArrivedNs));
        Assert.False(mailbox.TryTake(out _, out _));
    }

    [Fact]
    public void A_taken_state_is_not_overwritten_by_later_posts()
    {
        var source = new CountedPool(1) { Value = 1 };
        var mailbox = new ShardMailbox([source]);
        mailbox.Post(0, source, PoolCondition.None, 1);
        Assert.True(mailbox.TryTake(out _, out var held));
        for (var value = 2UL; value < 10; value++)
        {
            source.Value = value;
            mailbox.Post(0, source, PoolCondition.Torn, 1);
        }
        Assert.Equal(1UL, ((CountedPool)held.Pool).Value);
        Assert.Equal(PoolCondition.None, held.Condition);
        Assert.True(mailbox.TryTake(out _, out var next));
        Assert.Equal((9UL, PoolCondition.Torn), (((CountedPool)next.Pool).Value, next.Condition));
    }

    [Fact]
    public async Task Under_two_threads_each_pool_only_moves_forward_and_ends_at_its_last_state()
    {
        const int Pools = 7;
        const ulong Last = 200_000;
        var pools = Enumerable.Range(1, Pools).Select(seed => new CountedPool((byte)seed)).ToArray();
        var mailbox = new ShardMailbox(pools);
        var posting = Task.Factory.StartNew(
            () =>
            {
                for (var value = 1UL; value <= Last; value++)
                {
                    var pool = (int)(value * 2_654_435_761 % Pools);
                    pools[pool].Value = value;
                    mailbox.Post(pool, pools[pool], PoolCondition.None, (long)value);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var seen = new ulong[Pools];
        while (!posting.IsCompleted || mailbox.Depth > 0)
        {
            while (mailbox.TryTake(out var pool, out var state))
            {
                var value = ((CountedPool)state.Pool).Value;
                Assert.True(value > seen[pool], $"pool {pool} went back from {seen[pool]} to {value}");
                Assert.True(state.ArrivedNs <= (long)value);
                seen[pool] = value;
            }
        }
        await posting;
        Assert.Equal(pools.Select(pool => pool.Value), seen);
    }

    [Fact]
    public void Posting_and_taking_allocate_nothing()
    {
        var source = new CountedPool(1);
        var mailbox = new ShardMailbox([source]);
        Exchange(mailbox, source, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(mailbox, source, 10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Exchange(ShardMailbox mailbox, CountedPool source, int times)
    {
        for (var i = 0; i < times; i++)
        {
            mailbox.Post(0, source, PoolCondition.None, i);
            mailbox.TryTake(out _, out _);
        }
    }
}
