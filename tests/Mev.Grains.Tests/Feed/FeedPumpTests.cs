using System.Runtime.CompilerServices;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Feed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mev.Grains.Tests.Feed;

/// <summary>The pump over a generated market, in a silo.</summary>
public sealed class FeedPumpTests
{
    private const int Transactions = 20_000;
    private const int Pools = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conflating_feed_that_is_always_ready_is_evaluated_while_it_goes_on()
    {
        var feed = Market(Transactions);
        await using var engine = new Engine { Feed = feed, Settings = { ["Pump:Pace"] = "Conflate" } };
        await engine.InitializeAsync();
        var progress = engine.Service<FeedProgress>();
        await Until(() => progress.Current.IsComplete);

        var (cycles, evaluated) = (progress.Current.Cycles, progress.Current.Counts.Evaluated);
        Assert.True(evaluated > 10L * cycles, $"{evaluated} candidates of {cycles} cycles: less than ten rounds");
    }

    [Fact]
    public async Task Pools_of_a_feed_that_falls_silent_are_stale()
    {
        var pool = default(PoolId);
        await using var engine = new Engine
        {
            Feed = new ScriptedFeed(SnapshotThenSilence),
            Settings = { ["Pump:Pace"] = "Conflate", ["Pump:StaleCheckInterval"] = "00:00:00.050" },
        };
        await engine.InitializeAsync();
        var shard = engine.Grains.GetGrain<IMarketShardGrain>(0);
        await Until(() => engine.Service<FeedProgress>().Current.Cycles > 0);

        await Until(async () => (await shard.DescribePool(pool))!.Condition.HasFlag(PoolCondition.Stale));

        async IAsyncEnumerable<FeedEvent[]> SnapshotThenSilence([EnumeratorCancellation] CancellationToken end)
        {
            await foreach (var batch in Market(0).Read(end))
            {
                pool = new PoolId(batch.Events.Span[0].Write.Key);
                yield return batch.Events.ToArray();
            }
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end);
        }
    }

    [Fact]
    public async Task Pools_that_appear_later_get_cycles_sixteen_slots_after_the_last_layout()
    {
        await using var engine = new Engine { Feed = new ScriptedFeed(HalfThenAll) };
        await engine.InitializeAsync();
        var progress = engine.Service<FeedProgress>();

        await Until(() => progress.Current.IsComplete);

        Assert.Equal(Pools, progress.Current.Pools);

        static async IAsyncEnumerable<FeedEvent[]> HalfThenAll([EnumeratorCancellation] CancellationToken end)
        {
            var events = new List<FeedEvent>();
            await foreach (var batch in Market(0).Read(end)) events.AddRange(batch.Events.Span);
            var writes = events.FindAll(e => e.Kind == FeedEventKind.AccountWrite);
            var half = writes.Count / 2;
            var slot = writes[0].Slot;
            yield return [.. writes[..half], FeedEvent.SnapshotComplete(slot)];
            var later = slot.Plus(1);
            yield return
            [
                FeedEvent.SlotIs(SlotStatus.Processed, later, slot),
                .. writes[half..].Select((e, i) => FeedEvent.Of(e.Write with
                {
                    Slot = later, WriteVersion = (ulong)i + 1, IsStartup = false,
                })),
            ];
            yield return [FeedEvent.SlotIs(SlotStatus.Processed, slot.Plus(16), later)];
        }
    }

    [Fact]
    public async Task A_fault_of_the_feed_ends_the_silo()
    {
        await using var engine = new Engine { Feed = new ScriptedFeed(Fault) };
        await engine.InitializeAsync();
        var lifetime = engine.Service<IHostApplicationLifetime>();

        await Until(() => lifetime.ApplicationStopping.IsCancellationRequested);

        Assert.True(engine.Service<FeedProgress>().Current.IsFailed);

        static async IAsyncEnumerable<FeedEvent[]> Fault([EnumeratorCancellation] CancellationToken end)
        {
            await Task.CompletedTask.WaitAsync(end);
            yield return [FeedEvent.SlotIs(SlotStatus.Processed, new Slot(1))];
            throw new InvalidOperationException("a fault of the code");
        }
    }

    /// <summary>An answer that is lost on its way: its shard has drained, and nobody has what it found.</summary>
    [Fact]
    public async Task Answers_of_a_shard_that_come_too_late_are_told_and_change_nothing_that_is_decided()
    {
        var (expected, none) = await Run(lost: 0);
        var (decided, late) = await Run(lost: 6);

        Assert.Equal((0, 6), (none, late));
        Assert.True(expected.Sized > 6, $"only {expected.Sized} candidates were sized");
        Assert.Equal(expected, decided);

        static async Task<((long Sized, long Found, StrategyTally Tally), long Late)> Run(int lost)
        {
            await using var engine = new Engine
            {
                Feed = Market(2_000),
                Services = services => services.AddSingleton<IOutgoingGrainCallFilter>(new LostAnswers(lost)),
            };
            await engine.InitializeAsync();
            var progress = engine.Service<FeedProgress>();
            await Until(() => progress.Current.IsComplete);
            var tally = (await engine.Grains.GetGrain<IStrategyGrain>("arb-1").Describe()).Tally;
            var counts = progress.Current.Counts;
            return ((counts.Sized, counts.Opportunities, tally), engine.Service<ShardDrains>().Late);
        }
    }

    private static GeneratedFeed Market(ulong transactions) => new(
        new GeneratedFeedOptions { Seed = 7, Pools = Pools, Mints = 10, Transactions = transactions },
        TimeProvider.System);

    /// <summary>Of drains that found something the first answers do not arrive.</summary>
    private sealed class LostAnswers(int count) : IOutgoingGrainCallFilter
    {
        private int _lost;

        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            await context.Invoke();
            if (context.Result is OpportunityBatch { Opportunities.Length: > 0 } && _lost++ < count)
                throw new TimeoutException("the answer did not come in time");
        }
    }

    private static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }
}
