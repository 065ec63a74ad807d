using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Opportunities;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Strategies;

namespace Mev.Grains.Tests.Strategies;

/// <summary>A cap of a pool binds all strategies together, and what is used of it outlives a restart.</summary>
public sealed class StrategyCapTests : IAsyncLifetime
{
    private const ulong AmountIn = 1_000_000_000;
    private static readonly Pubkey Pool = Chances.Over(1, 1).Hops[0].Hop.Pool.Address;

    private readonly Engine _engine = new()
    {
        Settings = new() { ["Trading:Strategies:0:Id"] = "arb-1", ["Trading:Strategies:1:Id"] = "arb-2" },
    };

    private int _chance;

    private IPolicyGrain Policies => _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Open_submissions_over_a_pool_are_counted_for_all_strategies_until_their_outcomes()
    {
        await Cap(new Cap(CapScope.Pool, $"{Pool}", LimitRule.OpenSubmissions, 2));
        var first = await Submit("arb-1");
        await Submit("arb-2");
        await Blocked("arb-1", 1);
        await Blocked("arb-2", 1);
        await Submit("arb-2", cycle: 2); // over another pool
        await _engine.Restart();
        await _engine.Grains.GetGrain<IStrategyGrain>("arb-2").Resume(); // as the start of a host does
        await Blocked("arb-1", 2);

        await Refuse(first, "arb-1");
        await Submit("arb-2");
        await Blocked("arb-1", 3);
    }

    [Fact]
    public async Task A_day_over_a_pool_is_summed_for_all_strategies_whatever_became_of_them()
    {
        await Cap(new Cap(CapScope.Pool, $"{Pool}", LimitRule.DayAmountIn, 2 * AmountIn));
        await Refuse(await Submit("arb-1"), "arb-1");
        await Refuse(await Submit("arb-2"), "arb-2");
        await Blocked("arb-1", 1);
        await _engine.Restart();
        await _engine.Grains.GetGrain<IStrategyGrain>("arb-1").Resume();
        await Blocked("arb-2", 1);
        await Submit("arb-2", day: 1);
    }

    [Fact]
    public async Task A_strategys_own_cap_counts_its_own_alone()
    {
        await Cap(new Cap(CapScope.Strategy, "arb-1", LimitRule.DayAmountIn, AmountIn));
        await Submit("arb-2");
        await Submit("arb-1");
        await Submit("arb-2");
        await Decide("arb-1", cycle: 1, day: 0);
        Assert.Equal(1, await Count("arb-1", DecisionReason.StrategyCapReached));
    }

    private async Task Cap(Cap cap)
    {
        var current = await Policies.Current();
        await Policies.Change(current with { Version = current.Version + 1, Caps = [cap] }, "a quiet day");
    }

    private async Task<Opportunity> Submit(string strategy, int cycle = 1, int day = 0)
    {
        var before = (await View(strategy)).Tally.Submits;
        var chance = await Decide(strategy, cycle, day);
        Assert.Equal(before + 1, (await View(strategy)).Tally.Submits);
        return chance;
    }

    private async Task Blocked(string strategy, long count)
    {
        await Decide(strategy, cycle: 1, day: 0);
        Assert.Equal(count, await Count(strategy, DecisionReason.PoolCapReached));
    }

    private async Task<long> Count(string strategy, DecisionReason reason) =>
        (await View(strategy)).Reasons.GetValueOrDefault(reason);

    private async Task<StrategyView> View(string strategy) =>
        await _engine.Grains.GetGrain<IStrategyGrain>(strategy).Describe();

    private async Task<Opportunity> Decide(string strategy, int cycle, int day)
    {
        var chance = Chances.Over(cycle, ++_chance);
        var clock = chance.Clock; // a day later there were that many slots more, else the time would be a false one
        chance = chance with
        {
            Clock = new ChainClock(clock.Slot.Plus(day * 216_000), clock.UnixTime + (day * 86_400)),
        };
        await _engine.Grains.GetGrain<IStrategyGrain>(strategy).Decide(new OpportunityBatch
        {
            Cursor = new Domain.Feed.FeedCursor((ulong)_chance, new Slot(100), 0),
            Opportunities = [chance],
            Counts = default,
            Best = [],
        });
        return chance;
    }

    private async Task Refuse(Opportunity chance, string strategy)
    {
        await _engine.Grains.GetGrain<IBundleGrain>(chance.Id.ToString()).Resolve(new BundleOutcome
        {
            Opportunity = chance.Id,
            Kind = BundleOutcomeKind.Refused,
            Cause = OutcomeCause.Outbid,
            Slot = new Slot(101),
            Realised = Lamports.Zero,
            TipPaid = Lamports.Zero,
            Cursor = default,
            ObservedMs = _chance,
        });
        await _engine.Grains.GetGrain<IStrategyGrain>(strategy).ApplyOutcomes();
    }
}
