using Mev.Fault.Host;
using Mev.Fault.Tests.Evidence;
using Mev.Fault.Tests.Runs;
using Microsoft.Data.Sqlite;

namespace Mev.Fault.Tests;

/// <summary>No audit, no trade: a journal that cannot be written makes deciding wait, and nothing is lost.</summary>
public sealed class JournalAwayTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_full_disk_makes_deciding_wait_and_with_room_it_goes_on_as_if_nothing_had_been()
    {
        using var whole = new RunFolder();
        var expected = await WholeRun.In(whole, Market.Generated);
        using var folder = new RunFolder();
        using (var process = FaultProcess.Start(
            folder, Market.Generated, $"--Journal:FileBytesMax={new FileInfo(whole.Journal).Length / 2}"))
        {
            var trouble = await process.Said($"{EndOfFeed.Trouble} ");
            Assert.Contains($"{folder.Journal}: no room to write", trouble, StringComparison.Ordinal);
            await AssertNothingNewLeaves(folder, process);
            await process.KillAfter(TimeSpan.Zero);
        }
        Assert.InRange(folder.Lines(ObservedSender.File).Count, 1, expected.Submissions.Count - 1);

        Assert.Empty(RunCheck.Findings(expected, await WholeRun.In(folder, Market.Generated)));
    }

    [Fact]
    public async Task A_locked_database_makes_deciding_wait_and_unlocked_it_goes_on_by_itself()
    {
        var (expected, _) = await WholeRun.Of(Market.Generated);
        using var folder = new RunFolder();
        using var process = FaultProcess.Start(
            folder, Market.Generated, "--Journal:BusyTimeout=00:00:00.100",
            "--Fault:AcknowledgementDelay=00:00:00.010");
        await Until(() => folder.Lines(ObservedSender.File).Count >= 10);
        await using (var other = new SqliteConnection($"Data Source={folder.Journal};Pooling=False"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);
            var trouble = await process.Said($"{EndOfFeed.Trouble} ");
            Assert.Contains($"{folder.Journal}: locked by another connection", trouble, StringComparison.Ordinal);
            await AssertNothingNewLeaves(folder, process);
        }
        await process.Said(EndOfFeed.Well);
        Assert.True(await process.End() == 0, process.Output);

        Assert.Empty(RunCheck.Findings(expected, await RunEvidence.Read(folder, Market.Generated)));
    }

    [Fact]
    public async Task A_journal_older_than_the_saved_states_is_refused_and_the_remedy_is_named()
    {
        using var folder = new RunFolder();
        await WholeRun.In(folder, Market.Generated, "--Fault:AcknowledgementDelay=00:00:00.010");
        foreach (var file in Directory.GetFiles(folder.Path, "journal.db*")) File.Delete(file);

        using var process = FaultProcess.Start(folder, Market.Generated);

        await process.Said("snapshot of strategy arb-1 is of offset");
        await process.Said("the journal file is older than the state file; restore both from the same backup");
        await process.End();
        Assert.DoesNotContain("complete ", process.Output, StringComparison.Ordinal);
    }

    /// <summary>What was durable before may be handed over again, in the same bytes; nothing else may.</summary>
    private static async Task AssertNothingNewLeaves(RunFolder folder, FaultProcess process)
    {
        var before = Messages(folder);
        await Task.Delay(Quiet, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(before, Messages(folder));
        Assert.False(process.HasExited, process.Output);
    }

    private static int Messages(RunFolder folder) =>
        folder.Lines(ObservedSender.File).Select(Submission.Parse)
            .Select(submission => submission.Message).Distinct().Count();

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
