using System.Text;
using CsCheck;
using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Tips;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Adapters.Tests.Jito;

public sealed class TipFloorTests
{
    /// <summary>The example of the engine's public documentation.</summary>
    private const string Documented = """
        [{"time":"2024-09-01T12:58:00Z","landed_tips_25th_percentile":6.001000000000001e-06,
        "landed_tips_50th_percentile":1e-05,"landed_tips_75th_percentile":3.6196500000000005e-05,
        "landed_tips_95th_percentile":0.0014479055000000002,"landed_tips_99th_percentile":0.010007999,
        "ema_landed_tips_50th_percentile":9.836078125000002e-06}]
        """;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 9, 1, 12, 58, 10, TimeSpan.Zero));

    [Fact]
    public void Amounts_in_SOL_become_whole_lamports()
    {
        var floor = Read(Documented)!;
        Assert.Equal(
            [6_001L, 10_000, 36_197, 1_447_906, 10_007_999, 9_836],
            new[] { floor.P25, floor.P50, floor.P75, floor.P95, floor.P99, floor.AverageP50 }
                .Select(amount => amount.Value));
        Assert.Equal(new DateTimeOffset(2024, 9, 1, 12, 58, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), floor.AtMs);
    }

    [Theory]
    [InlineData("1e-05", "7e-06")] // the half below the quarter
    [InlineData("1e-05", "-1e-05")]
    [InlineData("1e-05", "1e+30")]
    [InlineData("1e-05", "\"1\"")]
    [InlineData("1e-05", "null")]
    [InlineData("2024-09-01", "yesterday")]
    [InlineData("[{", "{{")]
    [InlineData("}]", "},{}]")]
    [InlineData("landed_tips_25th", "landed_tips_24th")]
    public void What_cannot_be_is_not_taken(string part, string instead)
    {
        var text = Documented.Replace(part, instead);
        if (instead == "7e-06") text = text.Replace("6.001000000000001e-06", "8e-06");
        Assert.NotEqual(Documented, text);
        Assert.Null(Read(text));
    }

    [Fact]
    public void Whatever_bytes_come_it_returns() => Gen.Select(Gen.Int[0, 400], Gen.Byte).Sample(
        (at, noise) =>
        {
            var bytes = Encoding.UTF8.GetBytes(Documented);
            bytes[at % bytes.Length] = noise;
            return TipFloorReader.Read(bytes) is null or { IsMonotone: true };
        },
        iter: 5_000);

    [Fact]
    public void Old_tips_stay_and_are_marked_and_older_ones_do_not_replace_them()
    {
        var floors = new TipFloors(new JitoOptions(), _time);
        Assert.True(floors.IsStale);
        var floor = Read(Documented)!;
        Assert.True(floors.Take(floor));
        Assert.False(floors.IsStale);
        Assert.False(floors.Take(floor with { AtMs = floor.AtMs - 1 }));
        _time.Advance(TimeSpan.FromSeconds(121));
        Assert.True(floors.IsStale);
        Assert.Equal(floor, floors.Newest);
    }

    [Fact]
    public async Task They_are_asked_for_and_a_server_that_fails_changes_nothing()
    {
        await using var engine = await EngineServer.Start();
        var answers = new Queue<(int, string)>([(503, ""), (200, "nonsense"), (200, Documented)]);
        engine.Told.Json = _ => answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        var options = new JitoOptions
        {
            TipFloor = new Uri(engine.Json, "/api/v1/bundles/tip_floor"),
            TipFloorInterval = TimeSpan.FromMilliseconds(10),
        };
        var counts = new JitoCounts(options, new Journal.PlainMeterFactory());
        var floors = new TipFloors(options, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var asking = new TipFloorFeed(options, floors, counts, TimeProvider.System, () => 0).Ask(stop.Token);
        await Until.Holds(() => floors.Newest is not null);
        Assert.Equal(10_000, floors.Newest!.P50.Value);
        Assert.True(engine.Told.Requests.Count >= 3);
        Assert.Equal(1, counts.AnswersUnread);
        Assert.All(engine.Told.Requests, request => Assert.Equal("/api/v1/bundles/tip_floor", request.Path));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_stream_whose_server_does_not_answer_a_ping_is_opened_anew()
    {
        var connections = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.UseWebSockets();
        server.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            Interlocked.Increment(ref connections);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted); // reads nothing
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        var options = new JitoOptions
        {
            TipStream = new UriBuilder(server.Urls.Single()) { Scheme = "ws" }.Uri,
            ReconnectDelay = TimeSpan.FromMilliseconds(10),
        };
        using var stop = new CancellationTokenSource();
        var listening = new TipFloorFeed(
            options, new TipFloors(options, TimeProvider.System),
            new JitoCounts(options, new Journal.PlainMeterFactory()), TimeProvider.System, () => 0,
            ping: TimeSpan.FromMilliseconds(50)).Listen(stop.Token);
        await Until.Holds(() => listening.IsCompleted || Volatile.Read(ref connections) > 2);
        Assert.False(listening.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }

    private static Mev.Domain.Bundles.TipFloor? Read(string text) => TipFloorReader.Read(Encoding.UTF8.GetBytes(text));
}
