using System.Buffers.Text;

namespace Mev.Integration.Tests.Control;

/// <summary>Who watches the alerts hears of a key before it ends.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class KeyAlertTests(ControlHost control)
{
    private static readonly TimeSpan HeardMax = TimeSpan.FromSeconds(20); // five on a machine that does nothing else

    [Fact]
    public async Task A_key_that_ends_within_fourteen_days_is_an_alert_until_it_is_revoked()
    {
        var end = TimeProvider.System.GetUtcNow().AddDays(13).ToUnixTimeMilliseconds();
        var key = control.NewKey("risk-8");
        var set = await control.ByTwo(
            "admin-1", "admin-2", new { op = "role.set", principal = "risk-8", roles = Risk, reason = "test" });
        Assert.Equal(202, set.Status);
        var added = await control.ByTwo("admin-1", "admin-2", new
        {
            op = "key.add",
            principal = "risk-8",
            x = Base64Url.EncodeToString(key.ToArray()),
            not_after_ms = $"{end}",
            reason = "test",
        });
        Assert.True(added.Status == 202, $"{added}");
        Assert.Equal(202, (await control.Command("risk-8", new { op = "key.confirm" })).Status);

        using var alerts = await Alerts();
        await Heard(alerts, $"{key.Id}", isRaised: true);
        var revoked = await control.ByTwo(
            "admin-1", "admin-2", new { op = "key.revoke", key = $"{key.Id}", reason = "test" });
        Assert.Equal(202, revoked.Status);
        await Heard(alerts, $"{key.Id}", isRaised: false);
    }

    private static readonly string[] Risk = ["risk"];

    private async Task<StreamReader> Alerts() => new(await control.Host.Http.GetStreamAsync(
        new Uri("/v1/stream/sse?channel=alerts&from=0", UriKind.Relative)));

    private static async Task Heard(StreamReader alerts, string key, bool isRaised)
    {
        using var limit = new CancellationTokenSource(HeardMax, TimeProvider.System);
        while (await alerts.ReadLineAsync(limit.Token) is { } line)
        {
            if (!line.Contains("key_expires_soon", StringComparison.Ordinal)
                || !line.Contains(key, StringComparison.Ordinal))
            {
                continue;
            }
            Assert.Equal(isRaised, line.Contains("isRaised\": true", StringComparison.Ordinal)
                || line.Contains("isRaised\":true", StringComparison.Ordinal));
            return;
        }
        Assert.Fail("the stream ended");
    }
}
