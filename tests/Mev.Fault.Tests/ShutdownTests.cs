using Mev.Fault.Host;
using Mev.Fault.Tests.Evidence;
using Mev.Fault.Tests.Limits;
using Mev.Fault.Tests.Runs;
using Mev.Grains.Feed;

namespace Mev.Fault.Tests;

/// <summary>
/// A host that is asked to stop in the middle of its work says nothing, loses nothing and is quick; a fault in the
/// middle ends the pump with one error.
/// </summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FaultMax = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(DrainPace.LockStep)]
    [InlineData(DrainPace.Conflate)]
    public async Task Stopping_in_the_middle_of_decisions_and_outcomes_is_quiet_and_quick(DrainPace pace)
    {
        var market = Market.Generated.WithStrategies("arb-1", "arb-2")
            .With("Generator:Transactions", 1_000_000).With("Pump:Pace", pace);
        foreach (var submissions in new[] { 1, 3, 6 })
        {
            using var folder = new RunFolder();
            using var process = FaultProcess.Start(folder, market);
            await Submitted(process, folder, submissions);
            var asked = TimeProvider.System.GetTimestamp();
            Assert.Equal(0, await process.Terminate());
            Assert.True(TimeProvider.System.GetElapsedTime(asked) < StopMax, "it did not stop in time");
            string[] loud = ["fail:", "crit:", "warn:", "Exception"];
            Assert.All(loud, word => Assert.DoesNotContain(word, process.Output, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_a_stop_cut_off_is_decided_and_resolved_after_the_next_start()
    {
        var market = Market.Generated.WithStrategies("arb-1", "arb-2");
        var (whole, _) = await WholeRun.Of(market);
        using var folder = new RunFolder();
        foreach (var submissions in new[] { 2, 7, 8 })
        {
            var before = folder.Lines(ObservedSender.File).Count;
            using var process = FaultProcess.Start(folder, market);
            await Submitted(process, folder, before + submissions);
            Assert.Equal(0, await process.Terminate());
        }
        Assert.Empty(RunCheck.Findings(whole, await WholeRun.In(folder, market)));
    }

    [Fact]
    public async Task A_fault_in_the_middle_of_deciding_ends_the_pump_with_one_error()
    {
        await using var silo = await TradingSilo.Start(Market.Generated.With("Pump:Pace", DrainPace.Conflate));
        await silo.Sender.Reaches(5);
        silo.BreakJournal("the lag cannot be read");

        var asked = TimeProvider.System.GetTimestamp();
        while (!silo.Progress.IsFailed)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(asked) < FaultMax, "the pump goes on, or hangs");
            await Task.Delay(Tick, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.Equal("the lag cannot be read", silo.Progress.Trouble);
    }

    private static async Task Submitted(FaultProcess process, RunFolder folder, int count)
    {
        while (folder.Lines(ObservedSender.File).Count < count)
        {
            Assert.False(process.HasExited, "it ended by itself");
            await Task.Delay(Tick, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
