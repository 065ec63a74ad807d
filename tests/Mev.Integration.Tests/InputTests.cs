using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mev.Fixtures;

namespace Mev.Integration.Tests;

/// <summary>Input that is not taken as it came is counted, and the counts are seen.</summary>
[Collection(RunningHostCollection.Name)]
public sealed partial class InputTests(RunningHost running) : IDisposable
{
    private const int Lines = 2_000;
    private const int DamagedEvery = 7;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("input-");

    [Fact]
    public async Task The_overview_tells_every_counter_of_the_document()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(TestData.Repository, "docs", "input.md"));
        var listed = Row().Matches(document).Select(row => row.Groups["counter"].Value).ToList();
        var overview = await running.Host.Get("/v1/overview");
        var told = overview.GetProperty("input").EnumerateArray().ToList();

        Assert.NotEmpty(listed);
        Assert.Equal(listed.Order(), told.Select(kind => kind.GetProperty("name").GetString()!).Order());
        Assert.All(told, kind => Assert.True(kind.GetProperty("count").GetInt64() >= 0));
        Assert.Contains("set aside", (await running.Host.Mevctl("overview")).Output);
    }

    [Fact]
    public async Task Damaged_bytes_of_a_recording_are_counted_and_told()
    {
        var replay = await Damage(TestData.Need("traffic", "whirlpool-replay.jsonl.gz"));
        await using var host = await HostProcess.Start(_folder.FullName, "--Feed:RecordingPath", replay);

        var input = (await host.Get("/v1/overview")).GetProperty("input").EnumerateArray().ToDictionary(
            kind => kind.GetProperty("name").GetString()!, kind => kind.GetProperty("count").GetInt64());
        Assert.InRange(input["pools.wrong-layout"], 1, Lines);
        Assert.Contains("pools.wrong-layout", (await host.Mevctl("overview")).Output);
    }

    [Fact]
    public async Task The_summary_has_a_line_for_bad_input()
    {
        var replay = await Damage(TestData.Need("traffic", "whirlpool-replay.jsonl.gz"));
        var finished = await Programs.Run(
            HostProcess.Program,
            _folder.FullName,
            [.. HostProcess.Ports(Programs.FreePorts(3)), "--Feed:RecordingPath", replay, "--exit-at-end"]);

        Assert.True(finished.Code == 0, finished.All);
        Assert.Matches(@"set aside +.*pools\.wrong-layout [0-9]", finished.Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The beginning of a recording, of which some lines have cut account bytes.</summary>
    private async Task<string> Damage(string recording)
    {
        var path = Path.Combine(_folder.FullName, "damaged.jsonl");
        await using var file = File.OpenRead(recording);
        await using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        await using var writer = new StreamWriter(path);
        for (var number = 1; number <= Lines && await reader.ReadLineAsync() is { } line; number++)
            await writer.WriteLineAsync(number % DamagedEvery == 0 ? Cut(line) : line);
        foreach (var accounts in Directory.GetFiles(Path.GetDirectoryName(recording)!, "*.initial-accounts.jsonl*"))
        {
            var ending = accounts.EndsWith(".gz", StringComparison.Ordinal) ? ".gz" : "";
            File.Copy(accounts, Path.Combine(_folder.FullName, "damaged.initial-accounts.jsonl" + ending));
        }
        return path;
    }

    private static string Cut(string line)
    {
        var body = JsonNode.Parse(line)!;
        foreach (var update in body["updates"]!.AsArray())
            update!["data"] = Convert.ToBase64String(Convert.FromBase64String((string)update["data"]!).AsSpan(0, 40));
        return body.ToJsonString();
    }

    [GeneratedRegex(@"^\| `(?<counter>[^`|]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
