using System.Text.Json.Nodes;
using Mev.Conformance.Vectors;
using Mev.Fixtures;

namespace Mev.Conformance.Tests;

/// <summary>A copy of the project's own small vectors in a folder of its own, to be damaged.</summary>
internal sealed class VectorFolder : IDisposable
{
    public VectorFolder()
    {
        Directory.CreateDirectory(Vectors);
        foreach (var path in Directory.EnumerateFiles(Own))
            File.Copy(path, System.IO.Path.Combine(Vectors, System.IO.Path.GetFileName(path)));
    }

    /// <summary>Where the project's own vectors lie.</summary>
    public static string Own { get; } =
        System.IO.Path.Combine(TestData.Repository, "tests", "Mev.Fixtures", "Vectors");

    public string Path { get; } = Directory.CreateTempSubdirectory("mev-conformance-").FullName;

    private string Vectors => System.IO.Path.Combine(Path, "vectors");

    /// <summary>Changes the first vector that has <paramref name="field"/> and returns its label.</summary>
    public string Tamper(string protocol, string field, Action<JsonObject> change)
    {
        var path = FileOf(protocol + VectorSet.VectorsSuffix);
        var lines = File.ReadAllLines(path);
        var index = Array.FindIndex(lines, line => line.Contains($"\"{field}\":"));
        var json = JsonNode.Parse(lines[index])!.AsObject();
        change(json);
        lines[index] = json.ToJsonString();
        File.WriteAllLines(path, lines);
        return json["id"]!.GetValue<string>();
    }

    public string FileOf(string name) => System.IO.Path.Combine(Vectors, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
