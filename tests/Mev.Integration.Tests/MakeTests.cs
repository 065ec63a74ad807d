using Mev.Fixtures;

namespace Mev.Integration.Tests;

/// <summary>
/// The targets that start programs, as somebody has them who just cloned: the Makefile in a folder of its own, with the
/// programs that this run built (its .NET does nothing but say a version).
/// </summary>
public sealed class MakeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("make-");
    private readonly string _project;

    public MakeTests()
    {
        _project = Path.Combine(_folder.FullName, "project");
        Directory.CreateDirectory(Path.Combine(_project, "build"));
        foreach (var file in new[] { "Makefile", "build/setup.sh" })
            File.Copy(Path.Combine(TestData.Repository, file), Path.Combine(_project, file));
        foreach (var (project, program) in new[] { ("Mev.DevHost", "Mev.DevHost"), ("Mev.Cli", "mevctl") })
        {
            var built = Path.Combine(_project, "artifacts", "bin", project);
            Directory.CreateDirectory(built);
            File.CreateSymbolicLink(
                Path.Combine(built, "release"), Path.GetDirectoryName(Programs.PathOf(project, program))!);
        }
        var dotnet = Path.Combine(_project, "dotnet");
        File.WriteAllText(dotnet, "#!/bin/sh\n[ \"$1\" != --version ] || echo 10.0.100\n");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData(true, "Feed: the recorded day, found in ../shared/data/solana/traffic")]
    [InlineData(false, "Feed: the seeded generator: no recording in ../shared/data/solana/traffic")]
    public async Task Day_names_the_feed_that_lies_beside_the_project_and_keeps_its_journal_in_it(
        bool hasRecording, string feed)
    {
        if (hasRecording) await WriteRecording(Path.Combine(_folder.FullName, "shared", "data", "solana", "traffic"));
        var ports = string.Join(' ', HostProcess.Ports(Programs.FreePorts(3)));
        var finished = await Make("day", $"ARGS={ports} --Generator:Transactions 10 --exit-at-end");
        Assert.Contains(feed, finished.Output);
        Assert.True(File.Exists(Path.Combine(_project, "data", "journal.db")), finished.All);
    }

    [Fact]
    public async Task Run_is_on_the_simulator()
    {
        var printed = (await Make("run", "ARGS=--print-config")).Output;
        Assert.Matches(@"Execution:Mode\s+Simulated", printed);
        Assert.Matches(@"Feed:Source\s+Yellowstone", printed);
    }

    [Fact]
    public async Task Mevctl_is_started_with_its_arguments()
    {
        Assert.Contains("overview", (await Make("mevctl")).Output);
        var nobody = $"http://127.0.0.1:{Programs.FreePorts(1)[0]}";
        Assert.Contains(nobody, (await Make("mevctl", $"ARGS=overview --url {nobody}")).Errors);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<Programs.Finished> Make(params string[] arguments) => Programs.Run(
        "/usr/bin/env",
        _project,
        ["-u", "MAKEFLAGS", "-u", "MAKELEVEL", "make", $"DOTNET={_project}/dotnet", .. arguments]);

    /// <summary>A recording that is cut in its first line: enough to be found.</summary>
    private static async Task WriteRecording(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "day.jsonl"), "{\"slot\":1,\"blockT");
        await File.WriteAllTextAsync(Path.Combine(folder, "day.initial-accounts.jsonl"), "");
    }
}
