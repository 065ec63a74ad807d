using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// Rule 7, first part: no unreferenced type, no public text constant without a use. A type counts as used when another
/// file of the product, or of a tool under <c>tests</c> that is no test project, names it: what only its own tests know
/// is dead. Fixtures may serve tests alone. Exempt is what a framework finds: entry points, grains, Orleans' converters
/// and validators (by attribute); extensions count by the names of their methods.
/// </summary>
public sealed partial class DeadCodeTests
{
    private static readonly string[] FoundByFramework =
        ["GrainType", "RegisterConverter", "RegisterSerializer", "OptionsValidator"];

    [Fact]
    public void Every_type_is_used() => Expect.NoFindings(Unused([.. Repository.CSharp]));

    [Fact]
    public void A_type_that_nobody_names_is_found() =>
        Assert.Equal(
            ["src/Mev.X/B.cs: B"],
            Unused([
                new SourceFile("src/Mev.X/A.cs", "namespace Mev.X;\npublic sealed class A;\n"),
                new SourceFile("src/Mev.X/B.cs", "namespace Mev.X;\n/// <summary>B</summary>\npublic class B(A a);\n"),
                new SourceFile(
                    "tests/Mev.X.Tests/BTests.cs", "public class BTests { [Fact] void T() => new B(null); }"),
            ]));

    [Fact]
    public void An_extension_is_used_when_its_method_is()
    {
        var extension = new SourceFile(
            "src/Mev.X/XHosting.cs",
            "namespace Mev.X;\npublic static class XHosting\n{\n    public static void AddX(this int a) { }\n}\n");
        Assert.NotEmpty(Unused([extension]));
        Assert.Empty(Unused([extension, new SourceFile("src/Mev.Y/Program.cs", "services.AddX();")]));
    }

    [Fact]
    public void An_attribute_is_used_by_its_short_name()
    {
        var attribute = new SourceFile("src/Mev.X/XAttribute.cs", "namespace Mev.X;\npublic class XAttribute;\n");
        Assert.NotEmpty(Unused([attribute]));
        Assert.Empty(Unused([attribute, new SourceFile("src/Mev.Y/Program.cs", "[X] int a;")]));
    }

    [Fact]
    public void Every_name_of_a_text_is_used() => Expect.NoFindings(UnusedTexts([.. Repository.CSharp]));

    [Fact]
    public void A_name_of_a_text_that_only_tests_know_is_found() =>
        Assert.Equal(
            ["src/Mev.X/Topics.cs: Alerts"],
            UnusedTexts([
                new SourceFile(
                    "src/Mev.X/Topics.cs",
                    "namespace Mev.X;\npublic static class Topics\n{\n    public const string Alerts = \"a\";\n"
                    + "    public const string Audit = \"b\";\n}\n"),
                new SourceFile("src/Mev.X/Use.cs", "namespace Mev.X;\npublic class Use(Topics t) => Topics.Audit;"),
                new SourceFile("tests/Mev.X.Tests/TTests.cs", "class TTests { [Fact] void T() => Topics.Alerts; }"),
            ]));

    private static IEnumerable<string> UnusedTexts(IReadOnlyList<SourceFile> files)
    {
        var uses = files.Where(file => !IsOfTestProject(file))
            .SelectMany(file => Word().Matches(file.CSharp.Code)).CountBy(word => word.Value).ToDictionary();
        return
            from file in files
            where !IsOfTestProject(file)
            from type in file.Types
            from member in type.Members
            where member.IsPublic && member.Header.Contains(" const string ") && uses[member.Name] == 1
            select $"{file.Path}: {member.Name}";
    }

    private static IEnumerable<string> Unused(IReadOnlyList<SourceFile> files)
    {
        var words = files.ToDictionary(
            file => file, file => Word().Matches(file.CSharp.Code).Select(word => word.Value).ToHashSet());
        var found = files.SelectMany(file => file.Types, (file, type) => (file.Project, Type: type))
            .Where(part => FoundByFramework.Any(part.Type.Header.Contains))
            .Select(part => (part.Project, part.Type.Name)).ToHashSet(); // an attribute stands on one part of a type
        return
            from file in files
            where !file.IsProgram && !IsOfTestProject(file)
            from type in file.Types
            where type.IsTopLevel && !found.Contains((file.Project, type.Name))
            let names = Names(type)
            where !files.Any(user => MayUse(user, file) && names.Any(words[user].Contains))
            where !IsUsedBeside(file, type)
            select $"{file.Path}: {type.Name}";
    }

    private static bool MayUse(SourceFile user, SourceFile file) =>
        !IsSameType(user, file) && (file.IsTest || !IsOfTestProject(user));

    private static bool IsOfTestProject(SourceFile file) => file.Project.EndsWith(".Tests", StringComparison.Ordinal);

    private static string[] Names(TypeDeclaration type) => type.IsStatic
        ? [type.Name, .. type.Members.Where(member => Extension().IsMatch(member.Header)).Select(member => member.Name)]
        : [type.Name, ShortName(type.Name)];

    /// <summary>What an attribute is written as.</summary>
    private static string ShortName(string name) =>
        name.EndsWith(nameof(Attribute), StringComparison.Ordinal) ? name[..^nameof(Attribute).Length] : name;

    /// <summary>A file's second, internal type may serve the first alone.</summary>
    private static bool IsUsedBeside(SourceFile file, TypeDeclaration type) =>
        file.Types[0] != type && Regex.Count(file.CSharp.Code, $@"\b{type.Name}\b") > 1;

    /// <summary>Parts of one partial type (<c>A.cs</c>, <c>A.Log.cs</c>) do not use each other.</summary>
    private static bool IsSameType(SourceFile one, SourceFile other) =>
        one == other || one.Project == other.Project && one.Name.Split('.')[0] == other.Name.Split('.')[0];

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\(\s*this\b|^\s*public static IEndpoint|^\s*extension\b")]
    private static partial Regex Extension();
}
