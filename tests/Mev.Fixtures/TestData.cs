using Xunit;

namespace Mev.Fixtures;

/// <summary>
/// Where the data sets of real account bytes lie: the folder of <c>MEV_CONFORMANCE_DATA</c>, else
/// <c>../shared/data/solana</c> beside the repository. Without them a data-driven test is skipped by name; with
/// <c>MEV_REQUIRE_DATA=1</c> it fails.
/// </summary>
public static class TestData
{
    public static string Repository { get; } = FindRepository();

    public static string Solana { get; } = Environment.GetEnvironmentVariable("MEV_CONFORMANCE_DATA")
        ?? Path.GetFullPath(Path.Combine(Repository, "..", "shared", "data", "solana"));

    public static bool IsRequired => Environment.GetEnvironmentVariable("MEV_REQUIRE_DATA") == "1";

    /// <summary>
    /// The path of a data file; skips the test when it is not there, or fails it when data is required.
    /// </summary>
    public static string Need(params string[] parts) => NeedPath(Path.Combine([Solana, .. parts]));

    /// <summary>The same for a path anywhere.</summary>
    public static string NeedPath(string path)
    {
        if (File.Exists(path) ? new FileInfo(path).Length > 0 : HasFiles(path)) return path;
        if (IsRequired) Assert.Fail($"data missing: {path}, and MEV_REQUIRE_DATA=1");
        Assert.Skip($"data missing: {path}");
        return path;
    }

    private static bool HasFiles(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) return folder.FullName;
        throw new DirectoryNotFoundException("no Directory.Packages.props above " + AppContext.BaseDirectory);
    }
}
