using Mev.Control.Commands;
using Mev.Fixtures.Redis;

namespace Mev.Integration.Tests.Control;

/// <summary>A host whose Redis dies and comes back.</summary>
public sealed class RedisAwayTests : IAsyncLifetime
{
    private readonly RedisServer _server = new();
    private readonly ControlHost _control;

    public RedisAwayTests() => _control = new ControlHost(10_000, "--Redis:ConnectionString", _server.Address);

    public ValueTask InitializeAsync() => _control.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Reads_go_on_a_stop_holds_and_commands_are_refused_until_it_is_back()
    {
        var before = _control.Sign("operator-1", new { op = "ping" });
        Assert.Equal(202, (await _control.Send(before)).Status);

        _server.Kill();

        foreach (var read in new[] { "/v1/overview", "/v1/strategies/arb-1", "/v1/policy", "/v1/decisions?limit=1" })
            await _control.Host.Get(read);
        var refused = await _control.Command("operator-1", new { op = "ping" });
        Assert.Equal((503, "nonce_store_unavailable"), (refused.Status, refused.Code));
        var stopped = await _control.Send(_control.Sign(
            "operator-1", new { op = "stop", scope = "global", reason = "odd fills" }, path: CommandEndpoints.Stop));
        Assert.True(stopped.Status == 202, $"{stopped}");
        Assert.True(await _control.IsStopped());

        _server.Start();

        await _control.Host.Until(
            async () => (await _control.Command("operator-1", new { op = "ping" })).Status == 202);
        var replayed = await _control.Send(before);
        Assert.Equal((401, "nonce_epoch_closed"), (replayed.Status, replayed.Code)); // whatever it forgot
        await _control.Restart();
        Assert.True(await _control.IsStopped());
    }
}
