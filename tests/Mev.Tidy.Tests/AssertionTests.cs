using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// Rule 7, second part: no test without an assertion. A test asserts when it names <c>Assert</c> (a skip is none) or a
/// property check, or calls a method of the tests that does.
/// </summary>
public sealed partial class AssertionTests
{
    [Fact]
    public void Every_test_asserts() => Expect.NoFindings(Silent([.. Repository.CSharp.Where(file => file.IsTest)]));

    [Fact]
    public void Every_test_project_has_tests() =>
        Expect.NoFindings(Repository.Projects
            .Where(path => path.EndsWith(".Tests.csproj", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(project => !Repository.CSharp.Any(file => file.Project == project && HasTests(file))));

    [Theory]
    [InlineData("[Fact] public void T() { var a = 1 + 1; }", true)]
    [InlineData("[Fact] public void T() => Assert.Skip(\"no\");", true)]
    [InlineData("[Fact] public void T() { /* Assert.True(true); */ }", true)]
    [InlineData("[Theory, InlineData(1)] public void T(int a) => B(a); void B(int a) { }", true)]
    [InlineData("[Fact] public void T() => Assert.True(A);", false)]
    [InlineData("[Fact] public void T() => Gen.Int.Sample(i => i == i);", false)]
    [InlineData("[Fact] public void T() { C(); } void C() => B(); void B() { Assert.True(A); }", false)]
    public void A_silent_test_is_found(string members, bool isSilent) =>
        Assert.Equal(
            isSilent, Silent([new SourceFile("tests/Mev.X.Tests/A.cs", $"public class A\n{{\n{members}\n}}\n")]).Any());

    private static bool HasTests(SourceFile file) => file.Types.Any(type => type.Members.Any(member => member.IsTest));

    private static IEnumerable<string> Silent(IReadOnlyList<SourceFile> files)
    {
        var methods = (
            from file in files
            from type in file.Types
            from member in type.Members
            where member.IsMethod
            select (File: file, Method: member)).ToList();
        var asserting = new HashSet<string>();
        // by name, until no further method is found to call one that asserts
        for (var known = -1; known < asserting.Count;)
        {
            known = asserting.Count;
            var found = methods.Select(entry => entry.Method).Where(method => Asserts(method, asserting)).ToList();
            asserting.UnionWith(found.Select(method => method.Name));
        }
        return methods.Where(entry => entry.Method.IsTest && !Asserts(entry.Method, asserting))
            .Select(entry => $"{entry.File.At(entry.Method.Position)}: {entry.Method.Name}");
    }

    private static bool Asserts(MemberDeclaration method, HashSet<string> asserting) =>
        Assertion().IsMatch(method.Body)
        || Call().Matches(method.Body).Any(call => asserting.Contains(call.Groups["name"].Value));

    [GeneratedRegex(@"\bAssert\.(?!Skip)|\.Sample(?:Async|ModelBased|Concurrent|Parallel|Metamorphic)?\(")]
    private static partial Regex Assertion();

    [GeneratedRegex(@"(?<name>\w+)\s*(?:<[^()<>]*>)?\s*\(")]
    private static partial Regex Call();
}
