namespace Mev.Fault.Tests.Runs;

/// <summary>A run's files: journal, states, and what the observers wrote. Removed at the end.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mev-fault-");

    public string Path => _folder.FullName;

    public string Journal => File("journal.db");

    public string State => File("state.db");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Lines of a file that may not exist; one that a kill cut off is left out.</summary>
    public IReadOnlyList<string> Lines(string name)
    {
        if (!System.IO.File.Exists(File(name))) return [];
        using var stream = new FileStream(File(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var text = new StreamReader(stream).ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
