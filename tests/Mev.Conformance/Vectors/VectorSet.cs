using System.Text.Json;

namespace Mev.Conformance.Vectors;

/// <summary>The two files of one name: the account bytes of pool states, and swaps on them.</summary>
/// <param name="Name">What both files are called before their endings.</param>
/// <param name="VectorsPath">The file of swaps.</param>
/// <param name="AccountsPath">The file of states, which may be missing.</param>
public sealed record VectorSet(string Name, string VectorsPath, string AccountsPath)
{
    /// <summary>Ending of a file of swaps.</summary>
    public const string VectorsSuffix = ".vectors.jsonl";

    /// <summary>Ending of a file of states.</summary>
    public const string AccountsSuffix = ".accounts.jsonl";

    /// <summary>All sets in a folder and the folders inside it, by name.</summary>
    public static IEnumerable<VectorSet> In(string folder) =>
        Directory.EnumerateFiles(folder, "*" + VectorsSuffix, SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new VectorSet(
                Path.GetFileName(path)[..^VectorsSuffix.Length], path, path[..^VectorsSuffix.Length] + AccountsSuffix));

    /// <summary>Reads the states into <paramref name="states"/>; says what could not be read, or nothing.</summary>
    public string ReadStates(Dictionary<string, PoolStateRecord> states)
    {
        if (!File.Exists(AccountsPath)) return $"{Path.GetFileName(AccountsPath)} is missing";
        var (problem, folder) = ("", Path.GetDirectoryName(AccountsPath) ?? "");
        foreach (var (number, text) in File.ReadLines(AccountsPath).Index())
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            try
            {
                using var json = JsonDocument.Parse(text);
                var state = PoolStateRecord.Read(json.RootElement, folder);
                states[state.Name] = state;
            }
            catch (Exception e) when (MalformedLine.Is(e))
            {
                problem = $"{Path.GetFileName(AccountsPath)} line {number + 1}: {e.Message}";
            }
        }
        return problem;
    }

    /// <summary>Every line of the swaps; one that cannot be read says so itself.</summary>
    public IEnumerable<VectorLine> ReadVectors()
    {
        foreach (var (number, text) in File.ReadLines(VectorsPath).Index())
            if (!string.IsNullOrWhiteSpace(text)) yield return VectorLine.Read(text, Name, $"{Name} line {number + 1}");
    }
}
