using System.Collections.Concurrent;
using System.Reflection;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;
using Mev.Fixtures;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Learning;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Feed;
using Mev.Grains.Learning;
using Mev.Grains.Limits;
using Mev.Grains.Shards;
using Mev.Grains.Strategies;
using Mev.Grains.Tests.Shards;
using Mev.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Grains.Tests.Feed;

/// <summary>What is asked of a strategy whose attempt to decide has failed.</summary>
public sealed class DecisionRoundsTests
{
    private static readonly OpportunityBatch Nothing =
        new() { Cursor = new(1, default, 0), Opportunities = [], Counts = default };

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ShardDrains _drains;
    private FeedCursor _cursor;
    private long _decisions;
    private TimeSpan _lag;

    public DecisionRoundsTests() => _drains = new ShardDrains(
        new MarketShards(), Owners.Alone, new FeedProgress(),
        Fakes.Of<IGrainFactory>((_, _) => throw new InvalidOperationException("nothing drains here")),
        _time, NullLogger<ShardDrains>.Instance);

    /// <summary>An outcome resolved meanwhile says nothing about what the failed attempt made durable.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_strategy_sends_what_a_failed_attempt_made_durable_before_it_decides_again(bool isResolved)
    {
        var rounds = Rounds();

        var deciding = rounds.Decide(Nothing, TestContext.Current.CancellationToken);
        Assert.Equal("journal away", rounds.Trouble);
        if (isResolved) await rounds.Resolve(Landed(), TestContext.Current.CancellationToken);
        Assert.Equal("journal away", rounds.Trouble);
        while (!deciding.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Yield();
        }
        await deciding;

        Assert.Equal("", rounds.Trouble);
        string[] meanwhile = isResolved ? ["ApplyOutcomes"] : [];
        Assert.Equal(["Decide", .. meanwhile, "Resume", "Decide"], _calls);
    }

    /// <summary>The automatic stop at an audit lag of 5 s: such an append has failed, and nothing is asked.</summary>
    [Fact]
    public async Task While_the_journal_lags_nothing_is_decided_and_nothing_sent_however_long()
    {
        _lag = TimeSpan.FromSeconds(6);
        var deciding = Rounds().Decide(Nothing, TestContext.Current.CancellationToken);
        for (var i = 0; i < 1_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Yield();
        }
        Assert.Equal(["Decide"], _calls); // the attempt that failed

        _lag = TimeSpan.Zero;
        while (!deciding.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Yield();
        }
        await deciding;
        Assert.Equal(["Decide", "Resume", "Decide"], _calls);
    }

    /// <summary>An append may fail for its caller and become durable: then the round is not decided again.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    public async Task A_failed_attempt_that_became_durable_is_not_decided_again(int durable, int attempts)
    {
        _decisions = durable;
        var rounds = Rounds();

        var deciding = rounds.Decide(
            Nothing with { Opportunities = [Chances.Of(1)] }, TestContext.Current.CancellationToken);
        while (!deciding.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Yield();
        }
        await deciding;

        Assert.Equal(attempts, _calls.Count(call => call == nameof(IStrategyGrain.Decide)));
        Assert.Equal(durable, rounds.DecidedBefore);
    }

    /// <summary>While the journal held the round up the feed went on: that is waiting too.</summary>
    [Fact]
    public async Task What_is_overdue_by_the_feeds_own_cursor_when_it_is_decided_is_counted()
    {
        _calls.Enqueue("an earlier one"); // so that the first is answered
        var rounds = Rounds();
        foreach (var (slot, overdue) in new (ulong, long)[] { (11, 0), (12, 1), (30, 2) })
        {
            _drains.End(new FeedCursor(9, new Slot(slot), 0), default);
            await rounds.Decide(
                Nothing with
                {
                    Cursor = new FeedCursor(2, new Slot(10), 0),
                    Opportunities = [Chances.Of(1) with { Waited = new Wait(7, 8) }],
                },
                TestContext.Current.CancellationToken);
            Assert.Equal(overdue, rounds.Overdue);
        }
    }

    [Fact]
    public async Task A_round_of_before_the_start_is_not_asked_for_and_counted()
    {
        _cursor = new FeedCursor(7, default, 0);
        var rounds = Rounds();
        await rounds.Resume(TestContext.Current.CancellationToken);

        foreach (var position in new ulong[] { 6, 7, 8 })
        {
            await rounds.Decide(
                Nothing with { Cursor = new FeedCursor(position, default, 0), Opportunities = [Chances.Of(1)] },
                TestContext.Current.CancellationToken);
        }

        Assert.Equal(["Resume", "Decide"], _calls);
        Assert.Equal(2, rounds.DecidedBefore);
    }

    private DecisionRounds Rounds()
    {
        var grains = Fakes.Of<IGrainFactory>((method, _) => method.GetGenericArguments()[0] == typeof(IStrategyGrain)
            ? Fakes.Of<IStrategyGrain>(Strategy)
            : method.GetGenericArguments()[0] == typeof(IPolicyGrain)
            ? Fakes.Of<IPolicyGrain>((_, _) => Fakes.Awaited(new Policy()))
            : method.GetGenericArguments()[0] == typeof(IModelGrain)
            ? Fakes.Of<IModelGrain>((_, _) => Fakes.Awaited(new ModelView()))
            : Fakes.Of<IBundleGrain>((_, _) => Fakes.Awaited<OutcomeReference?>(new OutcomeReference("arb-1", 1, 0))));
        return new DecisionRounds(
            grains,
            new StrategyCatalog(Options.Create(new TradingOptions())),
            new PolicyInForce(),
            new ModelStart(grains, Options.Create(new ModelOptions()), NullLogger<ModelStart>.Instance),
            Fakes.Of<IPartitionedLog>((_, _) => _lag), // only its lag is asked for
            new FeedProgress(),
            _drains,
            _time,
            NullLogger<DecisionRounds>.Instance);
    }

    private object Strategy(MethodInfo method, object?[] arguments)
    {
        _calls.Enqueue(method.Name);
        return method.Name switch
        {
            nameof(IStrategyGrain.Decide) when _calls.Count == 1 =>
                Fakes.Failed<long>(new JournalUnavailableException("journal away")),
            nameof(IStrategyGrain.Decide) => Fakes.Awaited(1L),
            nameof(IStrategyGrain.Resume) => Fakes.Awaited(
                new ResumePoint
                {
                    Cursor = _cursor,
                    Decisions = _decisions,
                    OpenIntents = [],
                    OpenOpportunities = [],
                }),
            _ => default(ValueTask),
        };
    }

    private static BundleOutcome Landed() => new()
    {
        Opportunity = default,
        Kind = BundleOutcomeKind.Landed,
        Cause = OutcomeCause.Landed,
        Slot = default,
        Realised = default,
        TipPaid = default,
        Cursor = default,
        ObservedMs = 0,
    };
}
