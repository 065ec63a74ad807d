using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>Rule 1: who may know whom. Read from the metadata of the built assemblies.</summary>
public sealed class AssemblyReferencesTests
{
    private static readonly string[] Platform = ["System.*", "Microsoft.Win32.*"];

    /// <summary>The domain and the wire records are known to whoever stands above them.</summary>
    private static readonly string[] Extensions =
        [.. Platform, "Microsoft.Extensions.*", "Orleans.Serialization", "Orleans.Serialization.Abstractions"];

    private static readonly string[] Records = ["Mev.Domain", "Mev.Contracts", "Google.Protobuf"];

    private static readonly string[] Orleans = [.. Extensions, "Orleans.*"];

    private static readonly string[] Sqlite = ["Microsoft.Data.Sqlite", "SQLitePCLRaw.*"];

    /// <summary>Allowed references; a trailing <c>*</c> stands for any ending. Hosts may know all.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Mev.Domain"] = ["System.*", "Orleans.Serialization", "Orleans.Serialization.Abstractions"],
        ["Mev.Contracts"] = [.. Platform, "Google.Protobuf", "Grpc.Core.Api"],
        ["Mev.Journal"] = [.. Orleans, .. Records, .. Sqlite],
        ["Mev.Journal.Streams"] = [.. Orleans, .. Records, "Mev.Journal"],
        ["Mev.Control"] = // the types of the domain that it builds upon carry serializers
        [
            .. Platform, "Orleans.Serialization", "Orleans.Serialization.Abstractions", .. Records, "Mev.Journal",
            "NSec.Cryptography",
        ],
        ["Mev.Grains.Abstractions"] = [.. Orleans, "Mev.Domain"],
        ["Mev.Grains"] = [.. Orleans, .. Records, "Mev.Control", "Mev.Grains.Abstractions", "Mev.Journal"],
        ["Mev.Adapters.Paper"] = [.. Extensions, "Mev.Domain"],
        ["Mev.Adapters.Solana"] =
        [
            .. Extensions, "Mev.Domain", "NSec.Cryptography", "Google.Protobuf", "Grpc.Core.Api", "Grpc.Net.*",
            "ZstdSharp",
        ],
        ["Mev.Adapters.Jito"] = // its bundles are transactions of the chain
            [.. Extensions, "Mev.Domain", "Mev.Adapters.Solana", "Google.Protobuf", "Grpc.Core.Api", "Grpc.Net.*"],
        ["Mev.Adapters.DuckDb"] = // the port that it implements lies beside the journal that fills it
            [.. Extensions, "Mev.Domain", "Mev.Journal", "DuckDB.NET.*"],
        ["Mev.Adapters.Kafka"] = [.. Orleans, "Mev.Domain", "Mev.Journal", "Mev.Journal.Streams", "Confluent.Kafka"],
        ["Mev.Streaming"] = [.. Platform, "Mev.Contracts", "Google.Protobuf"],
        ["Mev.Storage.Sqlite"] = // one SQLite commit for journal and states; the port of nonces
            [.. Orleans, .. Sqlite, "Mev.Control", "Mev.Domain", "Mev.Journal"],
        ["Mev.Storage.Redis"] = [.. Orleans, "Mev.Control", "StackExchange.Redis"],
        ["Mev.ServiceDefaults"] = ["*"],
        ["Mev.Silo"] = ["*"],
        ["Mev.Gateway"] = ["*"],
        ["Mev.Auctions"] = // the types of the domain that it builds upon carry serializers
            [.. Platform, "Orleans.Serialization", "Orleans.Serialization.Abstractions", "Mev.Domain"],
        ["Mev.Training"] =
        [
            .. Orleans, .. Records, "Mev.Auctions", "Mev.Journal", "Mev.Adapters.DuckDb", "Microsoft.ML*",
            "System.CommandLine",
        ],
        ["Mev.Simulator"] = ["*"],
        ["Mev.DevHost"] = ["*"],
        ["Mev.Cli"] = ["*"],
    };

    public static TheoryData<string> Assemblies =>
        [.. Repository.Projects.Where(path => path.StartsWith("src/", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_knows_only_whom_it_may_know(string assembly)
    {
        Assert.True(Allowed.ContainsKey(assembly), $"{assembly}: say in {nameof(Allowed)} whom it may know");
        Expect.NoFindings(Strangers(assembly, References(assembly)));
    }

    [Fact]
    public void A_domain_that_knows_a_host_package_is_found() =>
        Assert.Equal(
            ["Microsoft.Extensions.Logging.Abstractions"],
            Strangers("Mev.Domain", ["System.Runtime", "Microsoft.Extensions.Logging.Abstractions"]));

    [Fact]
    public void An_adapter_that_knows_grains_or_another_adapter_is_found() =>
        Assert.Equal(
            ["Mev.Grains", "Mev.Adapters.Solana"],
            Strangers("Mev.Adapters.Paper", ["Mev.Domain", "Mev.Grains", "Mev.Adapters.Solana"]));

    private static IEnumerable<string> Strangers(string assembly, IEnumerable<string> references) =>
        references.Where(reference => !Allowed[assembly].Any(allowed => Matches(reference, allowed)));

    private static bool Matches(string reference, string allowed) => allowed.EndsWith('*')
        ? reference.StartsWith(allowed[..^1], StringComparison.Ordinal)
        : reference == allowed;

    /// <summary>A command is named as it is typed, and its project says so.</summary>
    private static string NameOf(string project)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "src", project, project + ".csproj"));
        var name = Regex.Match(text, "<AssemblyName>(.+?)</AssemblyName>");
        return name.Success ? name.Groups[1].Value : project;
    }

    private static List<string> References(string assembly)
    {
        // artifacts/bin/<project>/<configuration>: the assemblies of the configuration that these tests were built in
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(own.Parent!.Parent!.FullName, assembly, own.Name, NameOf(assembly) + ".dll");
        Assert.True(File.Exists(path), $"not built: {path}");
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(
            handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
