using System.Diagnostics;
using Mev.Control.Commands;
using Microsoft.Data.Sqlite;

namespace Mev.Integration.Tests.Control;

/// <summary>The emergency stop beside commands that are refused: too many of them, and no store of nonces.</summary>
public sealed class StopInNeedTests : IAsyncLifetime
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10); // a loaded machine; it waits for nothing

    private readonly ControlHost _control = new(commandsMax: 1);

    public ValueTask InitializeAsync() => _control.InitializeAsync();

    public ValueTask DisposeAsync() => _control.DisposeAsync();

    [Fact]
    public async Task A_stop_has_a_place_of_its_own_where_commands_are_too_many()
    {
        var pings = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            _control.Command("operator-1", new { op = "ping" })));
        Assert.Contains(pings, answer => answer.Status == 429);
        var stops = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Stop()));
        Assert.All(stops, answer => Assert.True(answer.Status == 202, $"{answer}"));
        Assert.True(await _control.IsStopped());
    }

    [Fact]
    public async Task A_stop_holds_while_nobody_can_take_a_nonce_or_save()
    {
        var path = Path.Combine(_control.Folder, "data", "state.db");
        Assert.True(File.Exists(path));
        await using (var locked = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await locked.OpenAsync();
            await using var begin = locked.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync();
            var started = Stopwatch.GetTimestamp();
            var stopped = await Stop();
            Assert.True(stopped.Status == 202, $"{stopped}");
            Assert.True(Stopwatch.GetElapsedTime(started) < AnswerMax);
            Assert.True(await _control.IsStopped());
            var ping = await _control.Command("operator-1", new { op = "ping" });
            Assert.Equal((503, "nonce_store_unavailable"), (ping.Status, ping.Code));
        }
        await _control.Restart();
        Assert.True(await _control.IsStopped());
    }

    private Task<ControlHost.Answer> Stop() => _control.Send(_control.Sign(
        "operator-1", new { op = "stop", scope = "global", reason = "odd fills" }, path: CommandEndpoints.Stop));
}
