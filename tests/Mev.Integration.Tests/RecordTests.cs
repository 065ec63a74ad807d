using System.Text.Json;
using Mev.Fixtures;

namespace Mev.Integration.Tests;

/// <summary><c>mevctl record</c> and <c>mevctl recording</c>, as they are typed.</summary>
public sealed class RecordTests : IDisposable
{
    private const int Ok = 0;
    private const int Failed = 1;
    private const int Usage = 2;
    private const int VerificationFailed = 6;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("record-");

    private string File => Path.Combine(_folder.FullName, "day.mevrec");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_recording_in_lines_becomes_a_compact_one_that_the_host_decides_upon()
    {
        var lines = TestData.Need("traffic", "whirlpool-replay.jsonl.gz");
        var made = JsonDocument.Parse((await Mevctl(Ok, "record", File, "--from", lines, "--json")).Output).RootElement;
        var told = JsonDocument.Parse((await Mevctl(Ok, "recording", File, "--json")).Output).RootElement;
        Assert.Equal(made.GetProperty("batches").GetInt64(), told.GetProperty("batches").GetInt64());
        Assert.True(told.GetProperty("isWhole").GetBoolean());
        var slot = $"{told.GetProperty("firstSlot").GetUInt64()}";
        Assert.Contains("SnapshotComplete", (await Mevctl(Ok, "recording", File, "--slot", slot)).Output);

        var run = await Programs.Run(
            HostProcess.Program,
            _folder.FullName,
            [.. HostProcess.Ports(Programs.FreePorts(3)), "--recording", File, "--exit-at-end"]);

        Assert.True(run.Code == Ok, run.All);
        Assert.Contains("day.mevrec", run.Output);
    }

    [Fact]
    public async Task What_cannot_be_recorded_or_read_is_named()
    {
        Assert.Contains("no compact recording", (await Mevctl(Failed, "recording", Path.Combine(
            TestData.Repository, "README.md"))).Errors);
        Assert.Contains("does not exist", (await Mevctl(Failed, "record", File, "--from", "/nowhere.jsonl")).Errors);
        Assert.Contains("--for", (await Mevctl(Usage, "record", File, "--for", "-00:00:01")).Errors);
        Assert.Contains("Endpoint", (await Mevctl(Usage, "record", File, "--endpoint", "ftp://x")).Errors);
    }

    [Fact]
    public async Task A_recording_that_was_cut_ends_the_feed_with_its_place()
    {
        var lines = TestData.Need("traffic", "whirlpool-replay.jsonl.gz");
        await Mevctl(Ok, "record", File, "--from", lines);
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        await System.IO.File.WriteAllBytesAsync(File, bytes[..^10]);

        Assert.Contains("CUT", (await Mevctl(VerificationFailed, "recording", File)).Output);
        var run = await Programs.Run(
            HostProcess.Program,
            _folder.FullName,
            [.. HostProcess.Ports(Programs.FreePorts(3)), "--recording", File, "--exit-at-end"]);

        Assert.Equal(6, run.Code); // of a feed that cannot be read
        Assert.Contains("was cut after batch", run.All);
    }

    [Fact]
    public async Task A_disk_that_is_full_ends_the_recording_with_its_last_whole_frame()
    {
        var lines = TestData.Need("traffic", "whirlpool-replay.jsonl.gz");
        const string limited = "trap '' XFSZ; ulimit -f 512; exec \"$@\""; // of 1 KiB; beyond, writing fails
        var run = await Programs.Run(
            "/bin/bash", _folder.FullName,
            "-c", limited, "bash", "env", "DOTNET_EnableWriteXorExecute=0", // its mapping is a larger file
            Programs.PathOf("Mev.Cli", "mevctl"), "record", File, "--from", lines);

        Assert.True(run.Code == Failed, run.All);
        Assert.Contains($"recording {File} cannot be written and ends after byte", run.Errors);
        var told = JsonDocument.Parse((await Mevctl(VerificationFailed, "recording", File, "--json")).Output);
        Assert.False(told.RootElement.GetProperty("isWhole").GetBoolean());
        Assert.True(told.RootElement.GetProperty("batches").GetInt64() > 0);
        Assert.InRange(new FileInfo(File).Length, 1, 512 * 1024);
    }

    /// <summary>A crash leaves the file: a start that would end at it would first send what is open.</summary>
    [Fact]
    public async Task A_host_whose_recording_exists_names_it_and_does_not_start()
    {
        await System.IO.File.WriteAllTextAsync(File, "of an earlier run");
        var run = await Programs.Run(
            HostProcess.Program,
            _folder.FullName,
            [.. HostProcess.Generator(10), "--Feed:RecordTo", File, "--exit-at-end"]);

        Assert.Equal(Usage, run.Code);
        Assert.Contains($"Feed:RecordTo '{File}' is not allowed", run.Errors);
        Assert.Contains("name a new file or move that one away", run.Errors);
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.db*", SearchOption.AllDirectories)); // nothing began
        Assert.Equal("of an earlier run", await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task A_host_that_conflates_and_signs_records_no_run()
    {
        var run = await Programs.Run(
            HostProcess.Program,
            _folder.FullName,
            [
                .. HostProcess.Ports(Programs.FreePorts(3)), "--Execution:Mode", "Simulated", "--Pump:Pace", "Conflate",
                "--Feed:RecordTo", File,
            ]);

        Assert.Equal(Usage, run.Code);
        Assert.Contains("where bundles are signed it needs Pump:Pace LockStep", run.Errors);
    }

    private static async Task<Programs.Finished> Mevctl(int code, params string[] arguments)
    {
        var run = await Programs.Run(Programs.PathOf("Mev.Cli", "mevctl"), AppContext.BaseDirectory, arguments);
        Assert.True(run.Code == code, run.All);
        return run;
    }
}
