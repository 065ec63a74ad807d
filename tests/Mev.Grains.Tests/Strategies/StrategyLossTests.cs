using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Strategies;

namespace Mev.Grains.Tests.Strategies;

/// <summary>Losses beyond their limits stop everything, once, also over a restart; lost auctions do not.</summary>
public sealed class StrategyLossTests : IAsyncLifetime
{
    private readonly Engine _engine = new() { Settings = new() { ["Trading:Strategies:0:Id"] = "arb-1" } };
    private int _chance;

    private IStrategyGrain Strategy => _engine.Grains.GetGrain<IStrategyGrain>("arb-1");

    private IPolicyGrain Policies => _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);

    public async ValueTask InitializeAsync()
    {
        await _engine.InitializeAsync();
        var policy = await Policies.Current();
        await Policies.Change(
            policy with
            {
                Version = policy.Version + 1,
                Losses = new LossLimits { HourMax = new Lamports(20_000), FailuresMax = 5 },
            }, "small losses");
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task An_hour_that_lost_too_much_stops_submitting_and_after_the_resume_only_new_losses_count()
    {
        for (var i = 0; i < 4; i++) await Fail(5_000);
        Assert.False(await IsStopped());
        await _engine.Restart(); // what was lost before counts on
        await Fail(1);
        Assert.True(await IsStopped());
        var version = (await Policies.Current()).Version;
        await Strategy.ApplyOutcomes();
        Assert.Equal(version, (await Policies.Current()).Version); // one stop

        var resumed = await Policies.Resume("understood");
        await Strategy.ApplyOutcomes();
        Assert.Equal((resumed.Version, false), ((await Policies.Current()).Version, await IsStopped()));
    }

    [Fact]
    public async Task Failures_one_after_the_other_stop_and_a_landing_between_them_does_not()
    {
        for (var i = 0; i < 5; i++) await Fail(1);
        await Play(BundleOutcomeKind.Landed, OutcomeCause.Landed, 100);
        for (var i = 0; i < 5; i++) await Fail(1);
        Assert.False(await IsStopped());
        await Fail(1);
        Assert.True(await IsStopped());
    }

    [Fact]
    public async Task Auctions_that_others_won_are_no_loss()
    {
        for (var i = 0; i < 20; i++) await Play(BundleOutcomeKind.Refused, OutcomeCause.Outbid, 0);
        Assert.False(await IsStopped());
    }

    private async Task<bool> IsStopped() => (await Policies.Current()).IsStopped;

    private Task Fail(long fee) => Play(BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain, -fee);

    private async Task Play(BundleOutcomeKind kind, OutcomeCause cause, long realised)
    {
        var chance = Chances.Over(cycle: ++_chance, _chance); // one cycle that fails again is left alone
        await Strategy.Decide(new OpportunityBatch
        {
            Cursor = new Domain.Feed.FeedCursor((ulong)_chance, new Slot(100), 0),
            Opportunities = [chance],
            Counts = default,
            Best = [],
        });
        await _engine.Grains.GetGrain<IBundleGrain>(chance.Id.ToString()).Resolve(new BundleOutcome
        {
            Opportunity = chance.Id,
            Kind = kind,
            Cause = cause,
            Slot = new Slot(101),
            Realised = new Lamports(realised),
            TipPaid = Lamports.Zero,
            Cursor = default,
            ObservedMs = _chance,
        });
        await Strategy.ApplyOutcomes();
    }
}
