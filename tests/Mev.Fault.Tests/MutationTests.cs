using Mev.Fault.Host;
using Mev.Fault.Tests.Evidence;
using Mev.Fault.Tests.Runs;
using Mev.Grains;
using Mev.Journal.Sqlite;

namespace Mev.Fault.Tests;

/// <summary>The three ways to break the write-ahead rule, each found by the check that passes without them.</summary>
public sealed class MutationTests
{
    private const int TriesMax = 8;

    private static readonly string EarlySend = $"--Trading:WriteAheadRule={WriteAheadRule.SendBeforeDurable}";
    private static readonly string Forget = $"--Trading:WriteAheadRule={WriteAheadRule.ForgetSnapshotOffset}";
    private static readonly string EarlyAcknowledgement = $"--Journal:DurabilityRule={DurabilityRule.BeforeCommit}";

    [Fact]
    public async Task Sending_before_the_intent_is_durable_is_found_at_the_first_submission()
    {
        var findings = await Killed(KillMoment.Submitted, 1, EarlySend);

        Assert.Contains(
            findings, finding => finding.Contains("submitted before it was durable", StringComparison.Ordinal));
        Assert.Empty(await Killed(KillMoment.Submitted, 1));
    }

    [Fact]
    public async Task Acknowledging_before_the_commit_is_found_as_a_lost_record()
    {
        var lost = false;
        for (var count = 2; count < 2 + TriesMax && !lost; count++)
        {
            var findings = await Killed(KillMoment.AppendAcknowledged, count, EarlyAcknowledgement);
            lost = findings.Any(finding => finding.StartsWith("acknowledged and lost", StringComparison.Ordinal));
        }
        Assert.True(lost, $"no acknowledged record was lost in {TriesMax} kills");
        Assert.Empty(await Killed(KillMoment.AppendAcknowledged, 2));
    }

    [Fact]
    public async Task Forgetting_the_offset_of_the_snapshot_is_found_as_another_posterior()
    {
        var findings = await KilledAfterASnapshot(Forget);

        Assert.Contains(findings, finding => finding.Contains("differs", StringComparison.Ordinal));
        Assert.Empty(await KilledAfterASnapshot());
    }

    [Theory]
    [InlineData("--Trading:WriteAheadRule=SendBeforeDurable")]
    [InlineData("--Trading:WriteAheadRule=ForgetSnapshotOffset")]
    [InlineData("--Journal:DurabilityRule=BeforeCommit")]
    public async Task A_host_outside_the_environment_Test_refuses_to_break_the_rule(string rule)
    {
        using var folder = new RunFolder();
        using var process = FaultProcess.Start(folder, Market.Generated, rule, "--environment=Production");

        Assert.NotEqual(0, await process.End());
        Assert.Contains("only the environment 'Test' may set it", process.Output, StringComparison.Ordinal);
        Assert.Empty(folder.Lines(ObservedSender.File));
    }

    /// <summary>Killed once by itself, then run to the end under the same rule.</summary>
    private static async Task<IReadOnlyList<string>> Killed(KillMoment moment, int count, params string[] rule)
    {
        var (whole, _) = await WholeRun.Of(Market.Generated);
        using var folder = new RunFolder();
        using (var process = FaultProcess.Start(
            folder, Market.Generated, [.. rule, $"--Fault:KillAt={moment}", $"--Fault:KillCount={count}"]))
        {
            Assert.Equal(FaultProcess.Killed, await process.End());
        }
        return RunCheck.Findings(whole, await WholeRun.In(folder, Market.Generated, rule));
    }

    /// <summary>
    /// Killed by itself when a snapshot with outcomes must be saved, then run to the end under the rule.
    /// </summary>
    private static async Task<IReadOnlyList<string>> KilledAfterASnapshot(params string[] rule)
    {
        var (whole, _) = await WholeRun.Of(Market.Generated);
        using var folder = new RunFolder();
        using (var process = FaultProcess.Start(
            folder,
            Market.Generated,
            "--Fault:AcknowledgementDelay=00:00:00.020", // the snapshot comes each second
            $"--Fault:KillAt={KillMoment.AppendAcknowledged}",
            "--Fault:KillCount=150"))
        {
            Assert.Equal(FaultProcess.Killed, await process.End());
        }
        var saved = await StateFile.Snapshots(folder.State, Market.Generated.Strategies);
        Assert.True(saved["arb-1"].Tally.Resolved > 0, "the snapshot holds no outcome");
        return RunCheck.Findings(whole, await WholeRun.In(folder, Market.Generated, rule));
    }
}
