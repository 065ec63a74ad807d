using Mev.Fixtures;

namespace Mev.Integration.Tests.Simulated;

/// <summary>The host and a block engine that refuses, or that is reached over TLS alone.</summary>
[Collection(SimulatedCollection.Name)]
public sealed class SimulatedEngineTests
{
    private const ulong Slots = 10_000; // longer than the test

    [Fact]
    public async Task Faults_of_ours_stop_trading_and_only_a_resume_ends_it()
    {
        await using var market = await SimulatedMarket.Start(Soak.Seed, Slots);
        await using (var host = await market.StartHost("--Jito:FaultsMax", "2"))
        {
            await host.Until(async () => await Count(host, "open") > 0); // it knows a leader
            await market.Switch(new { refuses = "Undecodable" });
            await host.Until(() => IsStopped(host));
        }
        await market.Switch(new { });
        await using var again = await market.StartHost("--Jito:FaultsMax", "2");
        Assert.True(await IsStopped(again)); // a restart is no resume
    }

    [Fact]
    public async Task Over_TLS_bundles_land_and_a_certificate_that_is_not_trusted_is_talked_to_by_nobody()
    {
        await using var market = await SimulatedMarket.Start(Soak.Seed, Slots, isEncrypted: true);
        await using (var stranger = await market.StartHost(isCertificateTrusted: false))
        {
            await Task.Delay(
                TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.Equal(0, (await stranger.Get("/v1/overview")).GetProperty("feed").GetProperty("pools").GetInt32());
        }
        await using var host = await market.StartHost();
        await host.Until(async () => await Count(host, "landed") > 0);
    }

    private static async Task<long> Count(HostProcess host, string outcome) =>
        (await host.Get("/v1/overview")).GetProperty("outcomes").GetProperty(outcome).GetInt64();

    private static async Task<bool> IsStopped(HostProcess host) =>
        (await host.Get("/v1/overview")).GetProperty("policy").GetProperty("isStopped").GetBoolean();
}
