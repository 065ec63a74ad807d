using System.Collections.Immutable;
using Mev.Contracts.V1;
using Mev.Control.Commands;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Learning;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Strategies;

/// <summary>The posterior through the grain: read, reset, replaced, frozen, and the same after a restart.</summary>
public sealed class StrategyLearningTests : IAsyncLifetime
{
    private const SamplerKind Kind = SamplerKind.Factored;

    private readonly Engine _engine = new()
    {
        Settings = new() { ["Trading:Strategies:0:Id"] = "arb-1", ["Trading:Strategies:0:Sampler"] = $"{Kind}" },
    };

    private int _chance;

    private IStrategyGrain Strategy => _engine.Grains.GetGrain<IStrategyGrain>("arb-1");

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task What_was_learnt_is_there_after_a_restart_and_readable()
    {
        for (var i = 0; i < 20; i++) await Land();
        var before = await Strategy.Describe();
        Assert.Equal((Kind, 20L), (before.Posterior.Kind, before.Learning.Learnt));
        Assert.Equal(FactoredArms.Count, before.Posterior.Arms.Length);
        Assert.NotEmpty(before.Posterior.Factors);
        Assert.Equal(LearningState.Learning, before.Learning.State);
        var point = Assert.Single(before.Learning.History);
        Assert.Equal((16L, 1UL), (point.Learnt, point.Epoch));
        Assert.NotEqual(Samplers.Prior(Kind).Id, before.Posterior.Id);

        await _engine.Restart();

        var after = await Strategy.Describe();
        Assert.Equal(before.Posterior.Id, after.Posterior.Id);
        Assert.Equal(before.Learning.MarketFraction, after.Learning.MarketFraction);
        Assert.Equal((20L, 1), (after.Learning.Learnt, after.Learning.History.Length));
    }

    [Fact]
    public async Task A_reset_is_journalled_begins_an_epoch_and_is_done_once()
    {
        await Land();
        Assert.Equal(1UL, await Strategy.Reset(3, "a wrong epoch changes nothing"));
        Assert.Equal(2UL, await Strategy.Reset(2, "another market"));
        Assert.Equal(2UL, await Strategy.Reset(2, "asked again after a timeout"));
        var change = Assert.Single(await Changes());
        Assert.Equal((LearningChangeKind.Reset, 2UL, "another market"), (
            (LearningChangeKind)change.Kind, change.Epoch, change.Reason));

        await _engine.Restart();

        var view = await Strategy.Describe();
        Assert.Equal(Samplers.Prior(Kind).Id, view.Posterior.Id);
        Assert.Equal((2UL, 0L, 1L), (view.Parameters.Epoch, view.Learning.Learnt, view.Tally.Landed));
        await Land();
        Assert.Equal(1, (await Strategy.Describe()).Learning.Learnt);
        var keys = (await Records(RecordType.Intent)).Select(body => body.Decision.Core.RandomKey).ToArray();
        Assert.Equal([RandomKey.Of("arb-1", 1).Value, RandomKey.Of("arb-1", 2).Value], keys);
    }

    [Fact]
    public async Task A_posterior_that_was_exported_is_taken_as_prior_and_other_bytes_are_refused()
    {
        await Land();
        var export = await Strategy.Export();
        Assert.Equal((Kind, 1UL, export.Id), (export.Kind, export.Epoch, PosteriorId.Of(export.Bytes.AsSpan())));
        await Strategy.Reset(2, "start over");
        Assert.Equal(3UL, await Strategy.ChangePrior(3, export.Bytes, "the old one after all"));
        Assert.Equal(export.Id, (await Strategy.Describe()).Posterior.Id);
        ImmutableArray<byte>[] others =
        [
            [], default, export.Bytes[1..], [.. new BetaThompsonSampler().CanonicalBytes()],
            [.. export.Bytes[..^sizeof(double)], .. BitConverter.GetBytes(0.1)], // with a bonus that nothing steps
        ];
        foreach (var bytes in others)
        {
            var refusal = await Assert.ThrowsAsync<ArgumentException>(
                async () => await Strategy.ChangePrior(4, bytes, "no"));
            Assert.Contains("no posterior of sampler Factored", refusal.Message, StringComparison.Ordinal);
        }
        Assert.Equal(2, (await Changes()).Count);
    }

    /// <summary>Carried out and not answered, an approver may send it again.</summary>
    [Fact]
    public async Task A_thaw_that_comes_again_after_a_later_freeze_ends_nothing()
    {
        var (first, thaw, second) = (
            Order(LearningChangeKind.Freeze), Order(LearningChangeKind.Thaw), Order(LearningChangeKind.Freeze));
        var commands = _engine.Grains.GetGrain<IStrategyCommandGrain>("arb-1");
        Assert.True((await commands.Execute(first)).IsDone);
        Assert.True((await commands.Execute(thaw)).IsDone);
        Assert.True((await commands.Execute(thaw)).IsDone); // the same answer
        Assert.True((await commands.Execute(second)).IsDone);
        await _engine.Restart();
        commands = _engine.Grains.GetGrain<IStrategyCommandGrain>("arb-1");
        Assert.Equal("version_conflict", (await commands.Execute(thaw)).Code);
        Assert.Equal(LearningState.FrozenByOperator, (await Strategy.Describe()).Learning.State);
        Assert.Equal(3, (await Changes()).Count);

        static CommandOrder Order(LearningChangeKind kind) => GrantedCommands.Order(
            new CommandEffect.Learning("arb-1", kind, 0, default), "test");
    }

    [Fact]
    public async Task Frozen_it_decides_on_and_learns_nothing_also_after_a_restart()
    {
        await Strategy.Freeze("odd outcomes");
        await Strategy.Freeze("also for the next shift"); // journalled: a thaw from before it must not end it
        await Land();
        await _engine.Restart();
        await Land();
        var view = await Strategy.Describe();
        Assert.Equal(
            (LearningState.FrozenByOperator, 2L, 0L, 2L),
            (view.Learning.State, view.Learning.Held, view.Learning.Learnt, view.Tally.Landed));
        Assert.Equal(Samplers.Prior(Kind).Id, view.Posterior.Id);

        await Strategy.Thaw("explained");
        await Land();
        Assert.Equal(1, (await Strategy.Describe()).Learning.Learnt);
        Assert.Equal(
            [LearningChangeKind.Freeze, LearningChangeKind.Freeze, LearningChangeKind.Thaw],
            (await Changes()).Select(change => (LearningChangeKind)change.Kind));
    }

    [Fact]
    public async Task Too_many_losses_without_a_cause_show_as_frozen()
    {
        for (var i = 0; i < 20; i++) await Play(BundleOutcomeKind.Expired, OutcomeCause.Unobserved);
        var view = await Strategy.Describe();
        Assert.Equal((LearningState.LearningFrozen, 1.0, 20), (
            view.Learning.State, view.Learning.UnseenShare, view.Learning.Losses));
        await Land();
        Assert.Equal((1L, 0L), ((await Strategy.Describe()).Learning.Held, view.Learning.Learnt));
    }

    [Fact]
    public async Task Congestion_of_the_tips_and_the_place_in_the_slot_stand_in_the_record()
    {
        var gauge = _engine.Service<CongestionGauge>();
        for (var i = 1; i < 30; i++) gauge.Take(Tips(i, 10_000 + i % 2));
        gauge.Take(Tips(30, 40_000));
        await Decide(slotStartedNs: 1_000_000_000, receivedNs: 1_340_000_000);
        var core = Assert.Single(await Records(RecordType.Intent)).Decision.Core;
        Assert.Equal(Mev.Domain.Learning.Surroundings.CongestionMax, core.Surroundings.Congestion);
        Assert.Equal((0.85, 3U), (core.Surroundings.SlotPosition, core.Surroundings.SurvivalBin));
        Assert.Equal((7, 55), (core.Surroundings.Features.Count, core.Surroundings.Draws.Count));
        Assert.Equal(Mev.Domain.Learning.Surroundings.CongestionMax, (await Strategy.Describe()).Learning.Congestion);
    }

    private static TipFloor Tips(int minute, long median) => new()
    {
        AtMs = minute * 60_000L,
        P25 = default,
        P50 = new Lamports(median),
        P75 = default,
        P95 = default,
        P99 = default,
        AverageP50 = default,
    };

    private Task Land() => Play(BundleOutcomeKind.Landed, OutcomeCause.Landed);

    private async Task Play(BundleOutcomeKind kind, OutcomeCause cause)
    {
        var opportunity = await Decide();
        var isLanded = kind == BundleOutcomeKind.Landed;
        await _engine.Grains.GetGrain<IBundleGrain>(opportunity.ToString()).Resolve(new BundleOutcome
        {
            Opportunity = opportunity,
            Kind = kind,
            Cause = cause,
            Slot = new Slot(101),
            Realised = new Lamports(isLanded ? 400_000_000 : 0),
            TipPaid = new Lamports(isLanded ? 200_000_000 : 0),
            Cursor = default,
            ObservedMs = 1_000 * _chance,
        });
        await Strategy.ApplyOutcomes();
    }

    private async Task<OpportunityId> Decide(long slotStartedNs = 0, long receivedNs = 1)
    {
        var chance = Chances.Of(++_chance) with { ReceivedNs = receivedNs };
        await Strategy.Decide(new OpportunityBatch
        {
            Cursor = new Mev.Domain.Feed.FeedCursor((ulong)_chance, new Slot(100), 0),
            Opportunities = [chance],
            Counts = default,
            SlotStartedNs = slotStartedNs,
        });
        return chance.Id;
    }

    private async Task<List<LearningChange>> Changes() =>
        [.. (await Records(RecordType.LearningChange)).Select(body => body.LearningChange)];

    private async Task<List<AuditRecord>> Records(RecordType type)
    {
        var records = await _engine.Log.Read(new LogPartition(LogTopics.Audit, 1), 0, 1_000);
        return [.. records.Where(record => record.Entry.Type == type).Select(
            record => AuditRecords.Parse(record)!)];
    }
}
