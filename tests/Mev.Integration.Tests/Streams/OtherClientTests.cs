using System.Security.Cryptography;
using Mev.Contracts.V1.Streams;
using Mev.Fixtures;
using Mev.Streaming.Clients;

namespace Mev.Integration.Tests.Streams;

/// <summary>Clients that share no code with the gateway read the same as ours does.</summary>
public sealed class OtherClientTests
{
    private const int Records = 2_000;
    private const string Python = "/usr/bin/python3";

    [Theory]
    [InlineData("decisions/1")]
    [InlineData("audit/1")]
    public async Task Python_reads_every_message_over_a_break(string channel)
    {
        if (!File.Exists(Python)) Services.Missing(Python);
        await using var server = await StreamServer.Start();
        await server.Append(Records - 1);
        var script = Path.Combine(TestData.Repository, "tests", "Mev.Integration.Tests", "Streams", "stream.py");
        var finished = await Programs.Run(
            Python, AppContext.BaseDirectory,
            [script, server.Url.Host, $"{server.Url.Port}", channel, $"{Records}"]);
        Assert.True(finished.Code == 0, finished.All);
        Assert.Equal(await Own(server, channel), finished.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Curl_reads_events_and_goes_on_after_the_last_one()
    {
        await using var server = await StreamServer.Start();
        await server.Append(60);
        var url = $"{server.Url}v1/stream/sse?channel=audit/1&from=0";
        var first = await Programs.Run("/usr/bin/curl", AppContext.BaseDirectory, ["-sN", "-m", "2", url]);
        Assert.StartsWith("retry: 1000\n\n", first.Output, StringComparison.Ordinal);
        Assert.Contains(": alive", first.Output, StringComparison.Ordinal);
        var ids = Ids(first.Output);
        Assert.Equal(Enumerable.Range(0, 61), ids.Select(id => int.Parse(id.Split(':')[1])));
        var again = await Programs.Run(
            "/usr/bin/curl", AppContext.BaseDirectory, ["-sN", "-m", "1", "-H", $"Last-Event-ID: {ids[40]}", url]);
        Assert.Equal(ids[41..], Ids(again.Output));
        var bad = await Programs.Run(
            "/usr/bin/curl", AppContext.BaseDirectory, ["-s", "-m", "5", "-H", "Last-Event-ID: x", url]);
        Assert.Contains("Not a place in a channel", bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_come_at_most_a_hundred_in_a_second_and_who_falls_behind_is_told_where_it_was()
    {
        await using var server = await StreamServer.Start();
        var url = $"{server.Url}v1/stream/sse?channel=audit/1";
        var reading = Programs.Run("/usr/bin/curl", AppContext.BaseDirectory, ["-sN", "-m", "20", url]);
        while (server.Hub.Clients == 0) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        await server.Append(150);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        await server.Append(5_000);
        var output = (await reading).Output;
        Assert.Contains("event: slow_consumer\ndata: 4008", output, StringComparison.Ordinal);
        Assert.InRange(Ids(output).Count, 100, 5_000);
    }

    private static List<string> Ids(string output) =>
    [
        .. output.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal))
            .Select(line => line[4..]),
    ];

    private static async Task<List<string>> Own(StreamServer server, string channel)
    {
        var lines = new List<string>();
        var follower = new StreamFollower(channel, new RecordFilter { FromSeq = 0 });
        await foreach (var followed in new StreamClient(server.Url, TimeProvider.System).Follow(follower))
        {
            if (followed.Step != FollowStep.Value) continue;
            var value = SHA256.HashData(followed.Message.Delta.Entry.Value.Span);
            lines.Add($"{followed.Message.Seq} {Convert.ToHexStringLower(value)}");
            if (lines.Count == Records) break;
        }
        return lines;
    }
}
