using Mev.Fault.Host;
using Mev.Fault.Tests.Runs;
using Mev.Fixtures;

namespace Mev.Fault.Tests;

/// <summary>A recording that cannot be read ends the feed with a message and leaves the host up.</summary>
public sealed class BadFeedTests
{
    private static readonly TimeSpan StaysUp = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_recording_of_another_format_is_named_with_its_line_and_the_host_stays_up()
    {
        using var folder = new RunFolder();
        var accounts = folder.File("bad.initial-accounts.jsonl");
        await File.WriteAllTextAsync(accounts, "{\"pubkey\":1,\n");
        await File.WriteAllTextAsync(folder.File("bad.jsonl"), "");

        await AssertNamed(folder, folder.File("bad.jsonl"), $"{accounts} line 1:");
    }

    [Fact]
    public async Task A_recording_that_is_cut_short_is_named_before_anything_is_decided()
    {
        var replay = TestData.Need("traffic", "whirlpool-replay.jsonl.gz");
        var accounts = TestData.Need("traffic", "whirlpool-replay.initial-accounts.jsonl");
        using var folder = new RunFolder();
        var cut = folder.File("cut.jsonl.gz");
        var bytes = await File.ReadAllBytesAsync(replay);
        await File.WriteAllBytesAsync(cut, bytes.AsMemory(0, bytes.Length / 2));
        File.Copy(accounts, folder.File("cut.initial-accounts.jsonl"));

        await AssertNamed(folder, cut, cut);
        Assert.Empty(folder.Lines(ObservedSender.File));
    }

    private static async Task AssertNamed(RunFolder folder, string recording, string expected)
    {
        using var process = FaultProcess.Start(folder, Market.Recorded(recording));
        Assert.Contains(expected, await process.Said($"{EndOfFeed.Trouble} "), StringComparison.Ordinal);
        await process.Said("The feed cannot go on");
        await Task.Delay(StaysUp, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(process.HasExited, process.Output);
    }
}
