using System.Globalization;

namespace Mev.Benchmarks;

/// <summary>A new folder for one run's databases, inside one that may hold anything; it goes with the run.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly DirectoryInfo _folder;

    public WorkFolder(string parent) => _folder = Directory.CreateDirectory(System.IO.Path.Combine(
        parent,
        string.Create(
            CultureInfo.InvariantCulture,
            $"run-{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}")));

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
