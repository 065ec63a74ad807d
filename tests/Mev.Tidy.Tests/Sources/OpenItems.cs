namespace Mev.Tidy.Tests.Sources;

/// <summary>
/// The one list of what a rule asks for and the project does not have yet. An item leaves the list when its subject
/// is there, and none may join.
/// </summary>
internal static class OpenItems
{
    public const string Path = "tests/Mev.Tidy.Tests/open-items.txt";

    public static IReadOnlyList<string> All { get; } = Read(Repository.Text(Path));

    public static IReadOnlyList<string> Read(string text) =>
        [.. text.Split('\n').Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];
}
