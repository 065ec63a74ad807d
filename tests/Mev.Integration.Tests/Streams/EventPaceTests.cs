using System.Globalization;
using Mev.Gateway.Streams.Transports;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Integration.Tests.Streams;

/// <summary>Server-sent events: in no second more than a hundred of one connection.</summary>
public sealed class EventPaceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(99)]
    [InlineData(1_000)]
    public void However_few_come_at_a_time_no_second_has_more_than_a_hundred(int atATime)
    {
        var time = new FakeTimeProvider();
        var pace = new EventPace(time);
        var sent = new List<DateTimeOffset>();
        while (sent.Count < 1_000)
        {
            for (var i = 0; i < atATime; i++)
            {
                if (pace.Wait > TimeSpan.Zero) time.Advance(pace.Wait);
                pace.Sent();
                sent.Add(time.GetUtcNow());
            }
            time.Advance(TimeSpan.FromMilliseconds(1));
        }
        for (var i = EventPace.PerSecondMax; i < sent.Count; i++)
            Assert.True(sent[i] - sent[i - EventPace.PerSecondMax] >= TimeSpan.FromSeconds(1), $"{i}");
    }

    [Fact]
    public async Task A_client_of_many_small_pieces_waits_as_one_of_few_large_ones()
    {
        const int Events = 301; // the last is the hundredth after the hundredth after the hundredth after the first
        await using var server = await StreamServer.Start();
        using var http = new HttpClient();
        var started = TimeProvider.System.GetTimestamp();
        var uri = new Uri(server.Url, "/v1/stream/sse?channel=decisions/1&from=0");
        using var answer = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var appending = Append(server, Events);
        var last = -1;
        while (last < Events - 1 && await lines.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("id: ", StringComparison.Ordinal)) continue;
            last = int.Parse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        }
        await appending;
        Assert.Equal(Events - 1, last);
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(3));
    }

    private static async Task Append(StreamServer server, int count)
    {
        for (var end = 1L; end < count;)
        {
            end = await server.Append(10);
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System);
        }
    }
}
