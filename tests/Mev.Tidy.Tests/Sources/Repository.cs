namespace Mev.Tidy.Tests.Sources;

/// <summary>
/// The tree as it lies on disk, without what git ignores. The exemptions of all rules stand here:
/// generated code is never in the tree (it lies below <c>artifacts</c>), so no rule has to know of it;
/// <c>tests</c> may hold types that only a runner finds, and are not bound to the banned suffixes;
/// <c>Program.cs</c> is a table of contents: no type, no namespace.
/// </summary>
internal static class Repository
{
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".json", ".md", ".sh", ".txt", ".proto",
            ".yaml", ".yml", ".py", ".ts"];

    private static readonly string[] TextNames = ["Makefile", "LICENSE", "run", ".editorconfig", ".gitignore"];

    public static string Root { get; } = FindRoot();

    /// <summary>Folders that <c>.gitignore</c> names, and git's own.</summary>
    private static readonly HashSet<string> Ignored =
        [.. File.ReadLines(Path.Combine(Root, ".gitignore")).Where(line => line.EndsWith('/')).Select(l => l.Trim('/')),
            ".git", "obj", "bin"];

    /// <summary>Every text file that people write; lock files are written by the restore.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = [.. Walk(new DirectoryInfo(Root)).Select(Read)];

    /// <summary>The C# files of the product.</summary>
    public static IEnumerable<SourceFile> Product => CSharp.Where(file => !file.IsTest);

    public static IEnumerable<SourceFile> CSharp => Files.Where(file => file.IsCSharp);

    public static IEnumerable<SourceFile> Documents =>
        Files.Where(file => file.Path == "README.md" || file.Path.StartsWith("docs/", StringComparison.Ordinal)
            && file.Path.EndsWith(".md", StringComparison.Ordinal));

    /// <summary>Paths of all project files.</summary>
    public static IEnumerable<string> Projects =>
        Files.Select(file => file.Path).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    public static bool Exists(string path) =>
        File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    /// <summary>The file's text, empty when it does not exist.</summary>
    public static string Text(string path) =>
        File.Exists(Path.Combine(Root, path)) ? File.ReadAllText(Path.Combine(Root, path)) : "";

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles().Where(file => IsText(file.Name)).OrderBy(file => file.Name))
            yield return file.FullName;
        foreach (var child in folder.EnumerateDirectories().OrderBy(child => child.Name))
        {
            if (Ignored.Contains(child.Name) || child.LinkTarget is not null) continue;
            foreach (var path in Walk(child)) yield return path;
        }
    }

    private static bool IsText(string name) => name != "packages.lock.json"
        && (TextNames.Contains(name) || TextEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)));

    private static SourceFile Read(string path) =>
        new(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) return folder.FullName;
        throw new DirectoryNotFoundException("no Directory.Packages.props above " + AppContext.BaseDirectory);
    }
}
