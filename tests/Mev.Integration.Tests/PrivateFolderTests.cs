namespace Mev.Integration.Tests;

/// <summary>Copies of the store that a killed <c>mevctl</c> left: the next removes them, and nothing else.</summary>
public sealed class PrivateFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("private-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_a_killed_process_left_is_removed_and_what_is_in_use_or_new_or_foreign_stays()
    {
        var killed = Folder("mevctl-killed", "in-use");
        var used = Folder("mevctl-used", "in-use");
        var made = Folder("mevctl-new", "in-use");
        made.LastWriteTimeUtc = TimeProvider.System.GetUtcNow().UtcDateTime;
        var foreign = Folder("mevctl-foreign");
        await using (new FileStream(
            Path.Combine(used.FullName, "in-use"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await AskInVain();
        }
        Assert.Equal(
            [foreign.Name, made.Name, used.Name],
            _folder.EnumerateDirectories("mevctl-*").Select(folder => folder.Name).Order());
        Assert.True(File.Exists(Path.Combine(used.FullName, "copy.duckdb")));
        Assert.False(Directory.Exists(killed.FullName));
    }

    /// <summary>A folder as one was left an hour ago.</summary>
    private DirectoryInfo Folder(string name, params string[] more)
    {
        var folder = _folder.CreateSubdirectory(name);
        foreach (var file in (string[])["copy.duckdb", .. more])
            File.WriteAllText(Path.Combine(folder.FullName, file), "x");
        folder.LastWriteTimeUtc = TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1);
        return folder;
    }

    private async Task AskInVain()
    {
        using var process = Programs.Start(
            Programs.PathOf("Mev.Cli", "mevctl"), _folder.FullName, ["sql", "--store", "none", "SELECT 1"],
            $"TMPDIR={_folder.FullName}");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var errors = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.Equal(5, process.ExitCode);
        Assert.Contains("none is not there", errors);
    }
}
