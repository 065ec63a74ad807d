using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>Rule 3: nothing unfinished, nothing commented out, no name that says nothing.</summary>
public sealed partial class UnfinishedWorkTests
{
    private static readonly string[] BannedSuffixes =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Processor",
            "Handler", "Impl", "Base", "Info", "Data", "Wrapper"];

    private static readonly string[] BannedFolders =
        ["Common", "Core", "Shared", "Infrastructure", "Utils", "Behaviors", "Handlers"];

    [Fact]
    public void Nothing_is_unfinished_or_commented_out() => Expect.NoFindings(Repository.CSharp.SelectMany(Leftovers));

    [Fact]
    public void No_type_of_the_product_has_a_suffix_that_says_nothing() =>
        Expect.NoFindings(Repository.Product.SelectMany(EmptyNames));

    [Fact]
    public void No_folder_is_a_pattern() =>
        Expect.NoFindings(Repository.Files.Select(file => file.Path).Where(IsInPatternFolder));

    [Theory]
    [InlineData("#region Members\n")]
    [InlineData("// TO" + "DO later\n")]
    [InlineData("/* HA" + "CK */\n")]
    [InlineData("class A { int B() => throw new NotImplemented" + "Exception(); }\n")]
    [InlineData("// var tip = profit.Share(bps);\n")]
    [InlineData("// if (tip > limit)\n// {\n")]
    public void A_leftover_is_found(string text) => Assert.NotEmpty(Leftovers(new SourceFile("src/Mev.X/A.cs", text)));

    [Theory]
    [InlineData("// the tip is a share of the profit; see the paper\n")]
    [InlineData("var text = \"// not a comment;\";\n")]
    [InlineData("/// <summary>Todos are tasks of people.</summary>\n")]
    public void Prose_is_no_leftover(string text) => Assert.Empty(Leftovers(new SourceFile("src/Mev.X/A.cs", text)));

    [Theory]
    [InlineData("namespace Mev.X;\ninternal sealed class PoolManager;\n")]
    [InlineData("namespace Mev.X;\npublic record struct TipInfo(int A);\n")]
    [InlineData("namespace Mev.X;\npublic interface ITipService;\n")]
    public void An_empty_name_is_found(string text) =>
        Assert.NotEmpty(EmptyNames(new SourceFile("src/Mev.X/A.cs", text)));

    [Fact]
    public void A_pattern_folder_is_found() => Assert.True(IsInPatternFolder("src/Mev.X/Common/Clock.cs"));

    private static IEnumerable<string> Leftovers(SourceFile file)
    {
        foreach (Match match in Directive().Matches(file.CSharp.Code))
            yield return $"{file.At(match.Index)}: {match.Value}";
        foreach (var comment in file.CSharp.Comments.Where(IsLeftover))
            yield return $"{file.At(comment.Position)}: {comment.Text.Trim()}";
    }

    private static bool IsLeftover(Comment comment) =>
        UnfinishedWord().IsMatch(comment.Text) || CommentedCode().IsMatch(comment.Text);

    private static IEnumerable<string> EmptyNames(SourceFile file) =>
        from type in file.Types
        from suffix in BannedSuffixes
        where type.Name.EndsWith(suffix, StringComparison.Ordinal)
        select $"{file.Path}: {type.Name}";

    private static bool IsInPatternFolder(string path) => path.Split('/')[..^1].Any(BannedFolders.Contains);

    [GeneratedRegex(@"#region|\bNotImplementedException\b")]
    private static partial Regex Directive();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex UnfinishedWord();

    /// <summary>A line comment that ends as only a statement or a block does.</summary>
    [GeneratedRegex(@"^//(?!/)(?:.*[=(].*;|.*\)\s*\{|.*=>|\s*[{}]|\s*(?:return|using)\b[^.,]*;)\s*$")]
    private static partial Regex CommentedCode();
}
