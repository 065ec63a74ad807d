using Mev.Domain.Learning;
using Mev.Fault.Host;
using Mev.Fault.Tests.Evidence;
using Mev.Fault.Tests.Runs;
using Mev.Fixtures;

namespace Mev.Fault.Tests;

/// <summary>
/// Runs that are killed with SIGKILL again and again, half of the times by themselves between two steps of a
/// submission, half from outside at any moment, and then compared with an uninterrupted run.
/// </summary>
public sealed class KillTests
{
    private static readonly int Kills = Soak.Times(10, 100);

    [Theory]
    [InlineData("arb-1")]
    [InlineData("arb-1 arb-2")]
    public Task Kill_minus_9_at_random_moments_loses_and_repeats_nothing(string strategies) =>
        KilledRunsEqualTheWhole(Market.Generated.WithStrategies(strategies.Split(' ')), Kills);

    [Theory]
    [InlineData(SamplerKind.Factored)]
    [InlineData(SamplerKind.FactoredFloor)]
    public Task Kill_minus_9_leaves_a_posterior_that_is_the_fold_of_its_outcomes(SamplerKind sampler) =>
        KilledRunsEqualTheWhole(
            Market.Generated.WithStrategies("arb-1", "arb-2") with { Sampler = sampler }, Soak.Times(6, 100));

    [Fact]
    public Task Kill_minus_9_loses_nothing_when_strategies_have_partitions_of_their_own() =>
        KilledRunsEqualTheWhole(
            Market.Generated.WithStrategies("arb-1", "arb-2", "arb-3") with { Partitions = 4 }, Kills);

    [Fact]
    public Task Kill_minus_9_on_the_recorded_day_loses_and_repeats_nothing()
    {
        var replay = TestData.Need("traffic", "whirlpool-replay.jsonl.gz");
        return KilledRunsEqualTheWhole(Market.Recorded(replay).WithStrategies("arb-1", "arb-2"), Soak.Times(3, 60));
    }

    /// <summary>
    /// Conflating, what meets in a drain is chance, so the run is held to itself and not to an uninterrupted one.
    /// </summary>
    [Theory]
    [InlineData("arb-1")]
    [InlineData("arb-1 arb-2")]
    public async Task Kill_minus_9_while_conflating_loses_and_repeats_nothing(string strategies)
    {
        var market = Market.Conflating.WithStrategies(strategies.Split(' '));
        var resolved = 0L;
        await Killed(market, Soak.Times(6, 100), (_, run) =>
        {
            resolved += run.Folds.Values.Sum(fold => fold.Tally.Resolved);
            return RunCheck.Findings(run);
        });
        Assert.True(resolved > 20, $"only {resolved} outcomes");
    }

    [Fact]
    public async Task Starting_a_run_again_that_has_ended_decides_and_learns_nothing_more()
    {
        var market = Market.Generated.WithStrategies("arb-1", "arb-2");
        using var folder = new RunFolder();
        var whole = await WholeRun.In(folder, market);

        Assert.Empty(RunCheck.Findings(whole, await WholeRun.In(folder, market)));
        Assert.Empty(RunCheck.Findings(whole, await WholeRun.In(folder, market)));
    }

    private static Task KilledRunsEqualTheWhole(Market market, int kills) => Killed(market, kills, RunCheck.Findings);

    private static async Task Killed(
        Market market, int kills, Func<RunEvidence, RunEvidence, IReadOnlyList<string>> findings)
    {
        var (whole, duration) = await WholeRun.Of(market);
        Assert.True(whole.Submissions.Count > 20, $"only {whole.Submissions.Count} submissions");
        var chance = new Chance(Soak.Seed);
        Say($"seed {Soak.Seed}");
        for (var killed = 0; killed < kills;)
        {
            using var folder = new RunFolder();
            var before = killed;
            while (await Live(folder, market, chance, whole, duration, mayKill: killed < kills)) killed++;
            var run = await RunEvidence.Read(folder, market);
            Say($"{killed - before} kills, {run.Submissions.Count} submissions of {whole.Submissions.Count} intents");
            Expect(findings(whole, run));
        }
    }

    private static void Expect(IReadOnlyList<string> findings) =>
        Assert.True(findings.Count == 0, string.Join('\n', findings));

    /// <summary>One life; false when it came to the end of the feed.</summary>
    private static async Task<bool> Live(
        RunFolder folder, Market market, Chance chance, RunEvidence whole, TimeSpan duration, bool mayKill)
    {
        var isOwn = chance.Between(0, 1) == 0;
        var moment = (KillMoment)chance.Between(1, 5);
        var count = chance.Between(1, Math.Max(2, whole.Submissions.Count / 3));
        var delay = duration * chance.Between(20, 110) / 100;
        if (mayKill) Say(isOwn ? $"at {moment} {count}" : $"after {delay.TotalMilliseconds:F0} ms");
        string[] own = mayKill && isOwn ? [$"--Fault:KillAt={moment}", $"--Fault:KillCount={count}"] : [];
        using var process = FaultProcess.Start(folder, market, own);
        var code = mayKill && !isOwn ? await process.KillAfter(delay) : await process.End();
        Assert.True(code is 0 or FaultProcess.Killed, process.Output);
        return code == FaultProcess.Killed;
    }

    private static void Say(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
