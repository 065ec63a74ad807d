using Mev.Adapters.Solana.Recordings.Compact;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Fault.Tests.Evidence;
using Mev.Fault.Tests.Runs;

namespace Mev.Fault.Tests;

/// <summary>In lock-step a feed decides the same every time, whatever the shards.</summary>
public sealed class DeterminismTests
{
    private static readonly Market Two = Market.Generated.WithStrategies("arb-1", "arb-2");

    [Fact]
    public async Task Replaying_twice_gives_the_same_decisions_hash_for_hash()
    {
        var (first, _) = await WholeRun.Of(Two);
        using var folder = new RunFolder();

        Assert.Empty(RunCheck.Findings(first, await WholeRun.In(folder, Two)));
        Assert.True(first.Decisions["arb-1"].Count > 100, $"only {first.Decisions["arb-1"].Count} decisions");
    }

    [Fact]
    public async Task A_run_that_was_recorded_decides_the_same_again_also_with_more_shards()
    {
        using var folder = new RunFolder();
        var file = folder.File("run.mevrec");
        var first = await WholeRun.In(folder, Two.With("Feed:RecordTo", file));
        Assert.True(first.Decisions["arb-1"].Count > 100, $"only {first.Decisions["arb-1"].Count} decisions");

        using var again = new RunFolder();
        var replayed = Market.Recorded(file).WithStrategies("arb-1", "arb-2").With("Trading:Shards", 2);
        Assert.Empty(RunCheck.Findings(first, await WholeRun.In(again, replayed)));
    }

    [Theory]
    [InlineData(1, 10_000, 10)] // dozens meet in a drain
    [InlineData(2, 1_500, 1)] // a few, and outcomes come between the drains
    public async Task A_conflating_run_that_was_recorded_drains_and_decides_the_same_again(
        int shards, int batches, int atOnce)
    {
        using var folder = new RunFolder();
        var file = folder.File("run.mevrec");
        var conflating = Two.With("Generator:Transactions", batches).With("Pump:Pace", "Conflate")
            .With("Fault:BatchDelay", "00:00:00.001").With("Fault:BatchesAtOnce", atOnce)
            .With("Trading:Shards", shards);
        var first = await WholeRun.In(folder, conflating.With("Feed:RecordTo", file));
        var drains = CompactRecording.Open(file).Drains().ToList();
        Assert.True(
            first.Decisions["arb-1"].Count > 50,
            $"only {first.Decisions["arb-1"].Count} decisions in {drains.Count} drains");
        Assert.InRange(drains.Count, 10, batches / atOnce - 20);

        using var again = new RunFolder();
        var replayed = Market.Recorded(file).WithStrategies("arb-1", "arb-2").With("Trading:Shards", shards);
        Assert.Empty(RunCheck.Findings(first, await WholeRun.In(again, replayed)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task More_shards_find_the_same_opportunities_and_decide_the_same(int shards)
    {
        var (one, _) = await WholeRun.Of(Two);
        using var folder = new RunFolder();

        Assert.Empty(RunCheck.Findings(one, await WholeRun.In(folder, Two.With("Trading:Shards", shards))));
    }

    [Theory]
    [InlineData(SamplerKind.Factored)]
    [InlineData(SamplerKind.FactoredFloor)]
    public async Task Samplers_that_look_around_decide_the_same_again_also_with_more_shards(SamplerKind sampler)
    {
        var market = Two with { Sampler = sampler };
        var (one, _) = await WholeRun.Of(market);
        using var folder = new RunFolder();

        Assert.Empty(RunCheck.Findings(one, await WholeRun.In(folder, market.With("Trading:Shards", 2))));
        Assert.True(one.Decisions["arb-1"].Select(decision => decision.Posterior).Distinct().Count() > 20);
    }

    [Fact]
    public async Task Another_seed_is_told_from_this_one()
    {
        var (one, _) = await WholeRun.Of(Market.Generated);
        using var folder = new RunFolder();

        Assert.NotEmpty(RunCheck.Findings(one, await WholeRun.In(folder, Market.Generated.With("Generator:Seed", 8))));
    }

    [Fact]
    public async Task Two_strategies_never_both_send_and_what_is_taken_is_not_learnt_from()
    {
        var (run, _) = await WholeRun.Of(Two);

        var senders = run.Decisions.Values.SelectMany(decisions => decisions)
            .Where(decision => decision.Action == DecisionAction.Submit).GroupBy(decision => decision.Opportunity);
        Assert.All(senders, group => Assert.Single(group));
        var second = run.Decisions["arb-2"];
        var taken = second.Where(decision => decision.Reason == DecisionReason.Taken).ToList();
        Assert.NotEmpty(taken);
        Assert.All(taken, decision => Assert.Equal(DecisionAction.Skip, decision.Action));
        var outcomes = run.Outcomes["arb-2"].Count;
        Assert.True(taken.Count > outcomes, "too few are taken to tell whether they are learnt from");
        Assert.InRange(second.Select(decision => decision.Posterior).Distinct().Count(), 1, 1 + outcomes);
    }
}
