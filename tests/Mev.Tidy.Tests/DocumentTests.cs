using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>Rule 5: what the documents name exists: paths, relative links with their headings, make targets.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Everything_that_a_document_names_exists()
    {
        Assert.NotEmpty(Repository.Documents);
        Expect.NoFindings(Repository.Documents.SelectMany(Findings));
    }

    [Fact]
    public void Every_make_target_has_a_line_of_help() =>
        Assert.All(Targets(), target => Assert.Matches($@"(?m)^{target}:.*## \w", Repository.Text("Makefile")));

    /// <summary>Or it would be refused after the first run: the files in data/ are of that run's feed.</summary>
    [Fact]
    public void Every_example_of_a_run_of_another_feed_gives_it_files_of_its_own()
    {
        var examples = Repository.Documents.SelectMany(file => RunOfAFeed().Matches(file.Text)).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Matches("(?s)--Journal:Path .*--State:Path ", example.Value));
    }

    [Theory]
    [InlineData("see `src/Mev.Domain/Nowhere.cs`", "Nowhere.cs")]
    [InlineData("all of tests/Mev.None.*/", "tests/Mev.None.*")]
    [InlineData("[the map](nowhere.md)", "nowhere.md")]
    [InlineData("[the map](../README.md#no-such-heading)", "#no-such-heading")]
    [InlineData("run `make nothing-of-this`", "make nothing-of-this")]
    [InlineData("```\nmake nothing-of-this\n```", "make nothing-of-this")]
    public void A_name_of_nothing_is_found(string text, string finding) =>
        Assert.Contains(Findings(new SourceFile("docs/a.md", text)), found => found.Contains(finding));

    [Theory]
    [InlineData("see `src/Mev.Domain/Chain/Base58.cs`, and [the start](../README.md).")]
    [InlineData("tests/*.Tests hold them; [elsewhere](https://example.org/a/b)")]
    [InlineData("run `make test`; they make sense")]
    public void A_name_of_something_is_none(string text) => Assert.Empty(Findings(new SourceFile("docs/a.md", text)));

    private static IEnumerable<string> Findings(SourceFile file)
    {
        foreach (Match path in TreePath().Matches(file.Text))
            if (!ExistsAny(path.Value.TrimEnd('.', '/'))) yield return $"{file.At(path.Index)}: {path.Value}";
        foreach (Match link in Link().Matches(file.Text))
            if (!Resolves(file, link.Groups["target"].Value)) yield return $"{file.At(link.Index)}: {link.Value}";
        foreach (Match make in MakeTarget().Matches(file.Text))
            if (!Targets().Contains(make.Groups["target"].Value)) yield return $"{file.At(make.Index)}: {make.Value}";
    }

    private static bool ExistsAny(string path)
    {
        if (!path.Contains('*')) return Repository.Exists(path);
        var pattern = "^" + Regex.Escape(path).Replace(@"\*", "[^/]*") + "(/|$)";
        return Repository.Files.Any(file => Regex.IsMatch(file.Path, pattern));
    }

    private static bool Resolves(SourceFile file, string target)
    {
        if (target.Contains("://")) return true;
        var (path, heading) = target.Split('#') is [var before, var after] ? (before, after) : (target, "");
        var folder = Path.Combine(Repository.Root, Path.GetDirectoryName(file.Path)!);
        var full = path.Length == 0 ? file.Path : Path.GetRelativePath(Repository.Root, Path.Combine(folder, path));
        var text = path.Length == 0 ? file.Text : Repository.Text(full);
        return (path.Length == 0 || Repository.Exists(full))
            && (heading.Length == 0 || Headings(text).Contains(heading));
    }

    private static IEnumerable<string> Headings(string text) =>
        Heading().Matches(text).Select(heading => NoAnchor().Replace(
            heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static IEnumerable<string> Targets() =>
        Target().Matches(Repository.Text("Makefile")).Select(target => target.Groups["name"].Value);

    [GeneratedRegex(@"make run ARGS=""[^""]*--(Feed:Source|recording)[^""]*""")]
    private static partial Regex RunOfAFeed();

    [GeneratedRegex(@"(?<![\w./*-])(?:src|tests|docs|proto|deploy|build|\.ci)/[\w.*/-]+")]
    private static partial Regex TreePath();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?:`|^\s*)(?:\w+=\S+ )*make (?<target>[a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex MakeTarget();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"^(?<name>[a-z][a-z-]*):", RegexOptions.Multiline)]
    private static partial Regex Target();
}
