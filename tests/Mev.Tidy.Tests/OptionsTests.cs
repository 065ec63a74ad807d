using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// Rule 6: every option says its default, and every options class is bound and validated by generated code.
/// </summary>
public sealed class OptionsTests
{
    private const string Good = """
        namespace Mev.X;
        public sealed class AOptions
        {
            /// <summary>Longest wait. Default 500 ms.</summary>
            [Range(1, 2)] public int WaitMs { get; init; } = 500;
        }
        [OptionsValidator]
        public sealed partial class AOptionsValidator : IValidateOptions<AOptions>;
        """;

    private static readonly SourceFile Use = new("src/Mev.X/Use.cs", "services.AddOptions<AOptions>();");

    [Fact]
    public void Every_option_is_explained_and_validated() => Expect.NoFindings(Findings([.. Repository.Product]));

    [Fact]
    public void Good_options_are_no_finding_once_they_are_bound()
    {
        var options = new SourceFile("src/Mev.X/AOptions.cs", Good);
        Assert.Empty(Findings([options, Use]));
        Assert.Equal(["AOptions is bound nowhere"], Findings([options]));
    }

    [Theory]
    [InlineData(" Default 500 ms.", "", "WaitMs")]
    [InlineData("/// <summary>Longest wait. Default 500 ms.</summary>", "", "WaitMs")]
    [InlineData("[OptionsValidator]", "", "validator")]
    [InlineData("IValidateOptions<AOptions>", "IValidateOptions<BOptions>", "validator")]
    public void A_missing_part_is_found(string part, string replacement, string finding) =>
        Assert.Contains(
            Findings([new SourceFile("src/Mev.X/AOptions.cs", Good.Replace(part, replacement))]),
            found => found.Contains(finding));

    [Theory]
    [InlineData("[ValidateEnumeratedItems]", true)]
    [InlineData("", false)]
    public void Options_inside_others_are_validated_when_their_property_asks_for_it(string attribute, bool isValidated)
    {
        var inner = new SourceFile("src/Mev.X/BOptions.cs", "namespace Mev.X;\npublic sealed class BOptions;\n");
        var property = $"{attribute} public IReadOnlyList<BOptions> Bs {{ get; init; }} = [];";
        var outer = new SourceFile(
            "src/Mev.X/COptions.cs", $"namespace Mev.X;\npublic sealed class COptions\n{{\n{property}\n}}\n");
        Assert.Equal(!isValidated, Findings([inner, outer]).Contains("BOptions has no generated validator"));
    }

    /// <summary>Its bounds would be compared after a conversion to int, which throws or rounds.</summary>
    [Theory]
    [InlineData("[Range(0, 9)] public double A { get; init; }", true)]
    [InlineData("[Range(0, 9)] public long A { get; init; }", true)]
    [InlineData("[Range(0.0, 9.0)] public double A { get; init; }", false)]
    [InlineData("[Range(0L, 1L << 40)] public long A { get; init; }", false)]
    [InlineData("[Range(1, 1 << 20)] public int A { get; init; }", false)]
    public void A_range_of_another_type_than_its_option_is_found(string option, bool isFound)
    {
        var text = Good.Replace(
            "    /// <summary>Longest",
            $"    /// <summary>Default 1.</summary>\n    {option}\n    /// <summary>Longest");
        var findings = Findings([new SourceFile("src/Mev.X/AOptions.cs", text), Use]).ToList();
        Assert.Equal(isFound ? ["AOptions.A has a range of whole ints and is none"] : [], findings);
    }

    private static bool IsOptions(TypeDeclaration type) => type.Name.EndsWith("Options", StringComparison.Ordinal);

    private static bool IsOption(MemberDeclaration member) => member.IsPublic && member.Body.Contains("init;");

    private static bool HasForeignRange(MemberDeclaration member) =>
        Regex.IsMatch(member.Header, @"\[Range\((\d[\d_ <]*), *(\d[\d_ <]*)\)\]")
        && !Regex.IsMatch(member.Header, @"\bint\b");

    /// <summary>Options inside others are validated with them when their property asks for it.</summary>
    private static bool IsValidatedInside(TypeDeclaration type, IEnumerable<TypeDeclaration> options) => options.Any(
        other => other != type && other.Members.Any(member =>
            Regex.IsMatch(member.Header, @"\[Validate(EnumeratedItems|ObjectMembers)\b")
            && Regex.IsMatch(member.Header, $@"\b{type.Name}\b")));

    private static bool Names(TypeDeclaration type, TypeDeclaration other) => type.Bases.Contains(other.Name)
        || type.Members.Any(member => Regex.IsMatch(member.Header, $@"\b{other.Name}\b"));

    private static bool SaysDefault(MemberDeclaration member) =>
        Regex.IsMatch(member.Documentation, @"<summary>[\s\S]*\b[Dd]efault[\s\S]*</summary>");

    private static IEnumerable<string> Findings(IReadOnlyList<SourceFile> files)
    {
        var validated = files.SelectMany(file => file.Types)
            .Where(type => type.Header.Contains("[OptionsValidator"))
            .SelectMany(type => Regex.Matches(type.Header, @"IValidateOptions<(\w+)>"))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        var options = files.SelectMany(file => file.Types).Where(IsOptions).ToList();
        foreach (var type in options)
        {
            var isBound = files.Any(file => file.CSharp.Code.Contains($"<{type.Name}>("))
                || options.Any(other => other != type && Names(other, type));
            if (!isBound) yield return $"{type.Name} is bound nowhere";
            if (!validated.Contains(type.Name) && !IsValidatedInside(type, options))
                yield return $"{type.Name} has no generated validator";
            foreach (var option in type.Members.Where(member => IsOption(member) && !SaysDefault(member)))
                yield return $"{type.Name}.{option.Name} does not say its default";
            foreach (var option in type.Members.Where(member => IsOption(member) && HasForeignRange(member)))
                yield return $"{type.Name}.{option.Name} has a range of whole ints and is none";
        }
    }
}
