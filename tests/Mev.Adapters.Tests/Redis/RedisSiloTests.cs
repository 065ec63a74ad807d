using System.Net;
using System.Net.Sockets;
using Mev.Adapters.Tests.Storage;
using Mev.Fixtures.Redis;
using Mev.Storage.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Mev.Adapters.Tests.Redis;

/// <summary>Silos over a real server.</summary>
public sealed class RedisSiloTests(RedisServer server) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task State_of_a_grain_survives_its_silo_and_the_servers_death()
    {
        await using (var silo = await Silo.Start(server.Address, "survives"))
        {
            Assert.Equal(500, await silo.Count(1).Add(500));
            await silo.Count(2).Add(1);
            await silo.Count(2).Clear();
        }
        server.Kill();
        server.Start();

        await using var again = await Silo.Start(server.Address, "survives");

        Assert.Equal(500, await again.Count(1).Count());
        Assert.Equal(0, await again.Count(2).Count());
        Assert.Equal(3, await again.Count(2).Add(3)); // the cleared one can be written again
        Assert.Equal(":1", server.Ask("EXISTS survives/state/count/1/count"));
        Assert.Equal(":1", server.Ask("EXISTS survives/members/main"));
    }

    /// <summary>Orleans' own format: every byte has to come back, and no CLR name may stand in it.</summary>
    [Fact]
    public async Task A_state_comes_back_byte_for_byte_and_a_stale_writer_is_refused()
    {
        await using var silo = await Silo.Start(server.Address, "bytes");
        var (storage, grain) = (silo.Storage, GrainId.Create("count", "9"));
        var written = new GrainState<CountState>(new CountState { Count = long.MinValue + 0x80FF, Name = "ÿ\u0080" });
        await storage.WriteStateAsync("count", grain, written);
        var read = new GrainState<CountState>();

        await storage.ReadStateAsync("count", grain, read);

        Assert.Equal(written.State, read.State);
        Assert.Equal(":0", server.Ask("EVAL \"return string.find(redis.call('HGET',KEYS[1],'data'),'Mev.') or 0\" 1 "
            + "bytes/state/count/9/count"));
        var stale = new GrainState<CountState>(new CountState(), "another");
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("count", grain, stale));
    }

    [Fact]
    public async Task A_silo_beside_one_that_is_alive_is_refused_and_one_in_its_place_is_not()
    {
        await using var silo = await Silo.Start(server.Address, "alone");
        var start = silo.Services.GetRequiredService<RedisStart>();

        await start.CheckAlone(silo.Endpoint, Dns.GetHostName());
        foreach (var (own, machine) in ((IPEndPoint, string)[])[
            (new IPEndPoint(IPAddress.Loopback, 1), Dns.GetHostName()), (silo.Endpoint, "another-machine")])
        {
            var failure = await Assert.ThrowsAsync<RedisUnavailableException>(() => start.CheckAlone(own, machine));
            Assert.Contains($"{silo.Endpoint} of {Dns.GetHostName()}", failure.Message, StringComparison.Ordinal);
        }
        Assert.False(await start.HasStates());
        await silo.Count(1).Add(1);
        Assert.True(await start.HasStates());
    }

    private sealed class Silo(IHost host, IPEndPoint endpoint) : IAsyncDisposable
    {
        public IPEndPoint Endpoint => endpoint;

        public IServiceProvider Services => host.Services;

        public IGrainStorage Storage => Services.GetRequiredKeyedService<IGrainStorage>("Default");

        public static async Task<Silo> Start(string redis, string service)
        {
            var (silo, gateway) = (FreePort(), FreePort());
            var builder = Host.CreateApplicationBuilder();
            builder.Configuration.AddInMemoryCollection(
                [new("Redis:ConnectionString", redis), new("Redis:ServiceId", service)]);
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(TimeProvider.System);
            builder.UseOrleans(orleans => orleans.UseRedisCluster(
                builder.Configuration.GetSection("Redis"), IPAddress.Loopback, silo, gateway));
            var host = builder.Build();
            await host.StartAsync();
            return new Silo(host, new IPEndPoint(IPAddress.Loopback, silo));
        }

        public ICountGrain Count(long key) => Services.GetRequiredService<IGrainFactory>().GetGrain<ICountGrain>(key);

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
