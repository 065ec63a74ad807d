using System.Text.RegularExpressions;
using Mev.Domain.Chain;

namespace Mev.Integration.Tests;

/// <summary>What the host makes of files that are not there, not whole or not of one another.</summary>
public sealed class HostFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("files-");

    [Fact]
    public async Task States_without_their_journal_stop_the_start_with_one_line_and_no_new_journal_is_begun()
    {
        Assert.Equal(0, (await Run(HostProcess.Generator(400))).Code);
        foreach (var file in Directory.GetFiles(Data(""), "journal.db*")) File.Delete(file);

        var second = await Run(HostProcess.Generator(400));

        Assert.True(second.Code == 5, second.All);
        Assert.Contains("Journal:Path 'data/journal.db' is not there, but State:Path ", OnlyLine(second.Errors));
        Assert.Empty(second.Output);
        Assert.Empty(Directory.GetFiles(Data(""), "journal.db*"));
    }

    [Fact]
    public async Task A_journal_that_is_older_than_the_states_ends_the_host_with_one_line()
    {
        Assert.Equal(0, (await Run(HostProcess.Generator(200))).Code);
        var older = Directory.GetFiles(Data(""), "journal.db*").ToDictionary(file => file, File.ReadAllBytes);
        // Some seconds of deciding: its state is saved once a second.
        Assert.Equal(0, (await Run(HostProcess.Generator(4_000))).Code);
        foreach (var file in Directory.GetFiles(Data(""), "journal.db*")) File.Delete(file);
        foreach (var (file, bytes) in older) await File.WriteAllBytesAsync(file, bytes);

        var last = await Run(HostProcess.Generator(4_000));

        Assert.True(last.Code == 5, last.All);
        Assert.Single(Regex.Matches(
            last.Output, "The feed cannot go on: snapshot of .* the journal file is older than the state file"));
        Assert.DoesNotContain("   at ", last.All);
    }

    [Theory]
    [InlineData("Auto")]
    [InlineData("Recording")]
    [InlineData("Day")]
    [InlineData("Snapshot")]
    public async Task A_recording_that_is_not_there_is_refused_before_any_file_is_made(string source)
    {
        var finished = await Run("--Feed:Source", source, "--Feed:RecordingPath", "/nope");
        Assert.True(finished.Code == 2, finished.All);
        Assert.Contains("Feed:RecordingPath '/nope' is not there", OnlyLine(finished.Errors));
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_folder_without_a_recording_is_refused_before_any_file_is_made()
    {
        var empty = _folder.CreateSubdirectory("empty");
        var finished = await Run("--Feed:Source", "Recording", "--Feed:RecordingPath", empty.FullName);
        Assert.True(finished.Code == 6, finished.All);
        Assert.Contains(empty.FullName, OnlyLine(finished.Errors));
        Assert.Equal("empty", Assert.Single(_folder.GetFileSystemInfos()).Name);
    }

    [Fact]
    public async Task A_recording_that_is_cut_ends_with_a_code_of_its_own_and_says_where()
    {
        var path = Path.Combine(_folder.FullName, "cut.jsonl");
        await File.WriteAllTextAsync(path, "{\"slot\":1,\"blockT");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "cut.initial-accounts.jsonl"),
            $$"""{"pubkey":"{{Mints.Wsol}}","owner":"{{Mints.Usdc}}","data":"AA=="}""");
        var finished = await Run("--Feed:RecordingPath", path);
        Assert.True(finished.Code == 6, finished.All);
        Assert.Contains("cut.jsonl", finished.Output);
        Assert.Contains("failed: ", finished.Output);
    }

    private static string OnlyLine(string errors) => Assert.Single(errors.TrimEnd().Split('\n'));

    private string Data(string file) => Path.Combine(_folder.FullName, "data", file);

    private Task<Programs.Finished> Run(params string[] settings) => Programs.Run(
        HostProcess.Program, _folder.FullName,
        [.. HostProcess.Ports(Programs.FreePorts(3)), .. settings, "--exit-at-end"]);

    public void Dispose() => _folder.Delete(recursive: true);
}
