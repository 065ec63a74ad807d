using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// Rule 7, third part. A port is a public interface of the domain that another project implements, or one at the top
/// of the journal. Its suite is an abstract class named for it: <c>IBundleSender</c> has <c>BundleSenderContract</c>.
/// Every implementation outside tests has a test class that derives from the suite and names the implementation.
/// </summary>
public sealed class ContractSuiteTests
{
    [Fact]
    public void Every_adapter_runs_the_suite_of_its_port() => Expect.NoFindings(Findings([.. Repository.CSharp]));

    [Fact]
    public void An_adapter_without_a_suite_is_found()
    {
        var port = File("src/Mev.Domain/A/IFeed.cs", "namespace Mev.Domain.A;\npublic interface IFeed;\n");
        var adapter = File(
            "src/Mev.Adapters.X/XFeed.cs", "namespace Mev.Adapters.X;\npublic sealed class XFeed(int a) : IFeed;\n");
        var suite = File("tests/Mev.Y.Tests/FeedContract.cs", "public abstract class FeedContract { }\n");
        var run = File(
            "tests/Mev.Y.Tests/XFeedTests.cs", "class XFeedTests : FeedContract { object F => new XFeed(1); }\n");

        Assert.Empty(Findings([port]));
        Assert.Contains("FeedContract", Assert.Single(Findings([port, adapter])));
        Assert.Contains("XFeed", Assert.Single(Findings([port, adapter, suite])));
        Assert.Empty(Findings([port, adapter, suite, run]));
    }

    private static IEnumerable<string> Findings(IReadOnlyList<SourceFile> files)
    {
        var types = files.SelectMany(file => file.Types.Select(type => (File: file, Type: type))).ToList();
        foreach (var port in types.Where(entry => IsPort(entry.File, entry.Type)))
        {
            var adapters = types.Where(entry => !entry.File.IsTest && !entry.Type.IsInterface
                && entry.File.Project != "Mev.Domain" && entry.Type.Bases.Contains(port.Type.Name)).ToList();
            if (adapters.Count == 0) continue;
            var suite = port.Type.Name[1..] + "Contract";
            if (!types.Exists(entry => entry.File.IsTest && entry.Type.Name == suite && entry.Type.IsAbstract))
            {
                yield return $"{port.File.Path}: no abstract class {suite} in tests";
                continue;
            }
            var runs = types.Where(entry => entry.File.IsTest && entry.Type.Bases.Contains(suite)).ToList();
            foreach (var adapter in adapters.Where(adapter => !runs.Exists(run => Names(run.File, adapter.Type))))
                yield return $"{adapter.File.Path}: no test derives from {suite} and names {adapter.Type.Name}";
        }
    }

    private static bool IsPort(SourceFile file, TypeDeclaration type) =>
        type is { IsInterface: true, IsPublic: true }
        && (file.Project == "Mev.Domain" || file.Path == $"src/Mev.Journal/{file.Name}");

    private static bool Names(SourceFile file, TypeDeclaration type) =>
        Regex.IsMatch(file.CSharp.Code, $@"\b{type.Name}\b");

    private static SourceFile File(string path, string text) => new(path, text);
}
