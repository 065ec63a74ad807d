using System.Text.RegularExpressions;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// Rule 10: reviewed contract files equal what is built. Orleans' analyzer refuses a contract that the file lacks;
/// these tests find what the file keeps and the code has no more. Wire field numbers are compared with the table
/// <c>proto/fields.txt</c>, so a renumbered field shows as a diff of two files. A file that is not there
/// is an open item.
/// </summary>
public sealed partial class ContractFileTests
{
    private const string GrainContracts = "OrleansContracts.txt";
    private const string FieldTable = "proto/fields.txt";
    private const string HttpDocument = "docs/openapi.json";

    [Fact]
    public void Grain_contract_files_name_only_what_the_code_names() =>
        Expect.NoFindings(ContractFiles().SelectMany(file => Stale(file.Text, [.. Repository.Product])));

    [Theory]
    [InlineData("interface [GrainInterfaceType(\"mev.a\")] Mev.X.IA\n  b: B(string) -> ValueTask\n", "")]
    [InlineData("interface [GrainInterfaceType(\"mev.z\")] Mev.X.IA [Version(0)]\n", "Mev.X.IA is not mev.z")]
    [InlineData("class [GrainType(\"c\")] Mev.X.C\n", "Mev.X.C is not c")]
    [InlineData(
        "interface [GrainInterfaceType(\"mev.a\")] Mev.X.IA [Version(0)]\n  d: D() -> ValueTask\n",
        "Mev.X.IA has no D, d")]
    public void A_line_that_the_code_has_no_more_is_found(string contract, string finding)
    {
        const string Code = """
            namespace Mev.X;
            [Alias("mev.a"), GrainInterfaceType("mev.a")]
            public interface IA { [Alias("b")] ValueTask B(string c); }
            """;
        Assert.Equal(finding, string.Join(';', Stale(contract, [new SourceFile("src/Mev.X/IA.cs", Code)])));
    }

    [Fact]
    public void A_table_of_wire_fields_holds_every_field_and_no_other()
    {
        if (!Repository.Exists(FieldTable)) return;
        var table = Repository.Text(FieldTable).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
        var built = Protos().SelectMany(file => Fields(file.Text)).ToHashSet();
        Expect.NoFindings([
            .. built.Except(table).Select(field => $"not in {FieldTable}: {field}"),
            .. table.Except(built).Select(field => $"only in {FieldTable}: {field}")]);
    }

    [Fact]
    public void A_renumbered_field_has_another_line() =>
        Assert.NotEqual(Fields("message A { string b = 1; }"), Fields("message A { string b = 2; }"));

    [Fact]
    public void Fields_are_read_with_their_message_and_number() =>
        Assert.Equal(
            ["A.b = 1", "A.c = 2", "A.d = 3", "E.F_G = 0"],
            Fields("""
                message A { // a note = 7;
                  string b = 1;
                  repeated fixed64 c = 2 [packed = true];
                  oneof x { bytes d = 3; }
                }
                enum E { F_G = 0; }
                """));

    /// <summary>Contracts that have no subject yet.</summary>
    internal static IEnumerable<string> Open()
    {
        if (!ContractFiles().Any()) yield return "rule-10:grain-contracts";
        if (!Repository.Exists(FieldTable)) yield return "rule-10:wire-fields";
        if (!Repository.Exists(HttpDocument)) yield return "rule-10:http-document";
    }

    private static IEnumerable<SourceFile> ContractFiles() =>
        Repository.Files.Where(file => file.Name == GrainContracts);

    private static IEnumerable<SourceFile> Protos() =>
        Repository.Files.Where(file => file.Path.StartsWith("proto/mev/", StringComparison.Ordinal)
            && file.Path.EndsWith(".proto", StringComparison.Ordinal));

    private static IEnumerable<string> Stale(string contract, IReadOnlyList<SourceFile> files)
    {
        var (owner, source) = ("", "");
        foreach (Match line in ContractLine().Matches(contract))
        {
            var (id, alias, name) = (line.Groups["id"].Value, line.Groups["alias"].Value, line.Groups["name"].Value);
            if (id.Length > 0)
            {
                owner = line.Groups["type"].Value;
                var typeName = owner.Split('.')[^1];
                source = string.Concat(
                    files.Where(file => file.Types.Any(type => type.Name == typeName)).Select(file => file.Text));
                if (!source.Contains($"Type(\"{id}\")")) yield return $"{owner} is not {id}";
            }
            else if (!source.Contains($"[Alias(\"{alias}\")") || !source.Contains($" {name}("))
            {
                yield return $"{owner} has no {name}, {alias}";
            }
        }
    }

    private static IEnumerable<string> Fields(string proto)
    {
        var owners = new Stack<string>();
        foreach (Match token in ProtoToken().Matches(ProtoComment().Replace(proto, "")))
        {
            if (token.Groups["open"].Success)
                owners.Push(token.Groups["kind"].Value == "oneof" ? owners.Peek() : token.Groups["open"].Value);
            else if (token.Value == "}") owners.Pop();
            else if (owners.Count > 0)
                yield return $"{owners.Peek()}.{token.Groups["field"].Value} = {token.Groups["number"].Value}";
        }
    }

    [GeneratedRegex(
        @"^(?:(?:interface|class)\ \[\w+\(""(?<id>[^""]+)""\)\]\ (?<type>[\w.]+)
        | \ \ (?<alias>[\w.-]+):\ (?<name>\w+)\()",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Multiline)]
    private static partial Regex ContractLine();

    [GeneratedRegex(@"//[^\n]*|\[[^\]]*\]|/\*[\s\S]*?\*/")]
    private static partial Regex ProtoComment();

    [GeneratedRegex(
        @"\b(?<kind>message|enum|oneof|service)\s+(?<open>\w+)\s*\{ | \} | \b(?<field>\w+)\s*=\s*(?<number>\d+)\s*;",
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ProtoToken();
}
