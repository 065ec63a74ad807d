using System.Collections.Concurrent;
using System.Reflection;
using Mev.Domain.Bundles;
using Mev.Domain.Opportunities;
using Mev.Fixtures;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Feed;
using Mev.Grains.Limits;
using Mev.Grains.Strategies;
using Mev.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Grains.Tests.Feed;

/// <summary>What is asked of a strategy whose attempt to decide has failed.</summary>
public sealed class DecisionRoundsTests
{
    private static readonly OpportunityBatch Nothing = new() { Cursor = default, Opportunities = [], Counts = default };

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private bool _decides = true;
    private TimeSpan _lag;

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

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task What_an_earlier_activation_decided_upon_is_counted(bool decides, int counted)
    {
        _decides = decides;
        _calls.Enqueue("an earlier call, so that none fails");
        var rounds = Rounds();

        await rounds.Decide(Nothing with { Opportunities = [Chances.Of(1)] }, TestContext.Current.CancellationToken);

        Assert.Equal(counted, rounds.DecidedBefore);
    }

    private DecisionRounds Rounds() => new(
        Fakes.Of<IGrainFactory>((method, _) => method.GetGenericArguments()[0] == typeof(IStrategyGrain)
            ? Fakes.Of<IStrategyGrain>(Strategy)
            : Fakes.Of<IBundleGrain>((_, _) => Fakes.Awaited<OutcomeReference?>(new OutcomeReference("arb-1", 1, 0)))),
        new StrategyCatalog(Options.Create(new TradingOptions())),
        new PolicyInForce(),
        Fakes.Of<IPartitionedLog>((_, _) => _lag), // only its lag is asked for
        new FeedProgress(),
        _time,
        NullLogger<DecisionRounds>.Instance);

    private object Strategy(MethodInfo method, object?[] arguments)
    {
        _calls.Enqueue(method.Name);
        return method.Name switch
        {
            nameof(IStrategyGrain.Decide) when _calls.Count == 1 =>
                Fakes.Failed<bool>(new JournalUnavailableException("journal away")),
            nameof(IStrategyGrain.Decide) => Fakes.Awaited(_decides),
            nameof(IStrategyGrain.Resume) => Fakes.Awaited(
                new ResumePoint { Cursor = default, OpenIntents = [], OpenOpportunities = [] }),
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
