namespace Mev.Cli.Sql;

/// <summary>
/// A folder that only this user can look into, removed at the end. Those of processes that were killed are removed
/// before: a lock that the kernel gives up with its process tells them.
/// </summary>
internal sealed class PrivateFolder : IDisposable
{
    private const string Prefix = "mevctl-";
    private const string LockName = "in-use";
    private const int LeftBehindMax = 100; // looked at by one start
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(1); // between making a folder and locking it

    private readonly DirectoryInfo _folder;
    private readonly FileStream _lock;

    public PrivateFolder()
    {
        RemoveLeftBehind();
        _folder = Directory.CreateTempSubdirectory(Prefix);
        _lock = Lock(_folder, FileMode.CreateNew);
    }

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose()
    {
        try
        {
            _lock.Dispose();
            _folder.Delete(recursive: true);
        }
        catch (IOException failure)
        {
            Console.Error.WriteLine($"mevctl: {_folder.FullName} is left behind: {failure.Message}");
        }
    }

    private static void RemoveLeftBehind()
    {
        var youngest = TimeProvider.System.GetUtcNow().UtcDateTime - Youth;
        var folders = new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories($"{Prefix}*");
        foreach (var folder in folders.Where(folder => IsOld(folder, youngest)).Take(LeftBehindMax))
        {
            try
            {
                using var mine = Lock(folder, FileMode.Open); // refused while its process lives
                folder.Delete(recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                continue; // in use, another user's, or no folder of ours
            }
        }
    }

    private static bool IsOld(DirectoryInfo folder, DateTime youngest) =>
        folder.LinkTarget is null && folder.LastWriteTimeUtc < youngest;

    private static FileStream Lock(DirectoryInfo folder, FileMode mode) => new(
        Path.Combine(folder.FullName, LockName), mode, FileAccess.ReadWrite, FileShare.None);
}
