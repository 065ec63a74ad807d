using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Strategies;

namespace Mev.Grains.Tests.Strategies;

/// <summary>A cycle that fails three times alike is left alone, also after a restart; the others are not.</summary>
public sealed class StrategyFailureTests : IAsyncLifetime
{
    private readonly Engine _engine = new() { Settings = new() { ["Trading:Strategies:0:Id"] = "arb-1" } };
    private int _chance;

    private IStrategyGrain Strategy => _engine.Grains.GetGrain<IStrategyGrain>("arb-1");

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task The_fourth_chance_of_a_cycle_that_failed_on_the_chain_three_times_is_a_block()
    {
        for (var i = 0; i < 3; i++) await Fail(cycle: 1);
        Assert.Equal(0, await Blocked());
        await Decide(cycle: 1);
        Assert.Equal(1, await Blocked());
        await _engine.Restart(); // from the snapshot, or from the journal alone
        await Decide(cycle: 1);
        Assert.Equal(2, await Blocked());
        var before = (await Strategy.Describe()).Tally.Submits;
        await Decide(cycle: 2);
        Assert.Equal((2, before + 1), (await Blocked(), (await Strategy.Describe()).Tally.Submits));
    }

    [Fact]
    public async Task Another_cycle_over_the_same_pools_is_not_left_alone_with_it()
    {
        for (var i = 0; i < 3; i++) await Fail(cycle: 1);
        await Decide(cycle: 1, Digest.Of("another order of its hops"u8));
        Assert.Equal(0, await Blocked());
        await Decide(cycle: 1);
        Assert.Equal(1, await Blocked());
    }

    private async Task<long> Blocked() =>
        (await Strategy.Describe()).Reasons.GetValueOrDefault(DecisionReason.FailingCycle);

    private async Task<Opportunity> Decide(int cycle, Digest? name = null)
    {
        var chance = Chances.Over(cycle, ++_chance);
        chance = chance with { Cycle = name ?? chance.Cycle };
        await Strategy.Decide(new OpportunityBatch
        {
            Cursor = new Domain.Feed.FeedCursor((ulong)_chance, new Slot(100), 0),
            Opportunities = [chance],
            Counts = default,
            Best = [],
        });
        return chance;
    }

    private async Task Fail(int cycle)
    {
        var chance = await Decide(cycle);
        await _engine.Grains.GetGrain<IBundleGrain>(chance.Id.ToString()).Resolve(new BundleOutcome
        {
            Opportunity = chance.Id,
            Kind = BundleOutcomeKind.Refused,
            Cause = OutcomeCause.FailedOnChain,
            Slot = new Slot(101),
            Realised = new Lamports(-1),
            TipPaid = Lamports.Zero,
            Cursor = default,
            ObservedMs = _chance,
        });
        await Strategy.ApplyOutcomes();
    }
}
