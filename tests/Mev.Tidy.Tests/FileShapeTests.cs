using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>Rule 2: one public type per file, named for it, in the namespace of its folder; bounded sizes.</summary>
public sealed class FileShapeTests(ITestOutputHelper output)
{
    private const int LinesMax = 400;
    private const int ColumnsMax = 120;
    private const int MethodLinesMax = 60;

    [Fact]
    public void Every_file_keeps_the_shape() => Expect.NoFindings(Repository.CSharp.SelectMany(Findings));

    [Fact]
    public void Median_and_95th_percentile_of_the_product_are_printed_and_small()
    {
        var lengths = Repository.Product.Select(LinesIn).Order().ToArray();
        var (median, p95) = (lengths[lengths.Length / 2], lengths[lengths.Length * 95 / 100]);
        output.WriteLine($"{lengths.Length} files in src, lines: median {median}, p95 {p95}, longest {lengths[^1]}");
        Assert.InRange(median, 1, 60);
        Assert.InRange(p95, median, 200);
    }

    [Theory]
    [InlineData("src/Mev.X/Pools/A.cs", "namespace Mev.X.Pools;\npublic class B;\n", "named for")]
    [InlineData("src/Mev.X/Pools/A.cs", "namespace Mev.X.Pools;\npublic class A;\npublic enum B;\n", "2 public types")]
    [InlineData("src/Mev.X/Pools/A.cs", "namespace Mev.X;\npublic class A;\n", "namespace")]
    [InlineData("src/Mev.X/A.cs", "public class A;\n", "namespace")]
    public void A_file_of_another_shape_is_found(string path, string text, string finding) =>
        Assert.Contains(Findings(new SourceFile(path, text)), found => found.Contains(finding));

    [Fact]
    public void Sizes_beyond_the_bounds_are_found()
    {
        var wide = "// " + new string('x', ColumnsMax);
        var body = string.Concat(Enumerable.Repeat("        M();\n", LinesMax));
        var text = $"namespace Mev.X;\n{wide}\npublic class A\n{{\n    void M()\n    {{\n{body}    }}\n}}\n";
        var found = Findings(new SourceFile("src/Mev.X/A.cs", text)).ToList();
        Assert.Contains(found, finding => finding.Contains("columns"));
        Assert.Contains(found, finding => finding.Contains("M has "));
        Assert.Contains(found, finding => finding.Contains("A.cs has "));
    }

    [Fact]
    public void A_partial_and_a_generic_type_are_named_for_their_first_word() =>
        Assert.Empty(Findings(new SourceFile(
            "src/Mev.X/A.Log.cs", "namespace Mev.X;\npublic partial class A<T> where T : class\n{\n}\n")));

    private static IEnumerable<string> Findings(SourceFile file)
    {
        if (LinesIn(file) > LinesMax) yield return $"{file.Path} has {LinesIn(file)} lines";
        foreach (var (index, line) in file.Lines.Index().Where(entry => entry.Item.Length > ColumnsMax))
            yield return $"{file.Path}:{index + 1}: {line.Length} columns";
        foreach (var method in file.Types.SelectMany(type => type.Members).Where(member => member.IsMethod))
        {
            if (method.LinesCount > MethodLinesMax)
                yield return $"{file.At(method.Position)}: {method.Name} has {method.LinesCount} lines";
        }
        if (file.IsProgram || file.Project.Length == 0) yield break;
        foreach (var finding in NameFindings(file)) yield return finding;
    }

    private static IEnumerable<string> NameFindings(SourceFile file)
    {
        var folder = Path.GetDirectoryName(file.Path)!.Replace('\\', '/');
        var expected = folder[(folder.IndexOf('/') + 1)..].Replace('/', '.');
        if (!file.CSharp.Code.Contains($"namespace {expected};"))
            yield return $"{file.Path}: namespace {expected} expected";
        var types = file.Types.Where(type => type is { IsTopLevel: true, IsPublic: true })
            .Select(type => type.Name).Distinct().ToList();
        if (types.Count > 1) yield return $"{file.Path}: {types.Count} public types, {string.Join(", ", types)}";
        if (types.Count == 1 && types[0] != file.Name.Split('.', '{')[0])
            yield return $"{file.Path}: is not named for {types[0]}";
    }

    private static int LinesIn(SourceFile file) => file.Lines.Length - (file.Text.EndsWith('\n') ? 1 : 0);
}
