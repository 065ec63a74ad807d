using System.Net;
using Mev.Control.Nonces;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace Mev.Storage.Redis;

/// <summary>Puts what a cluster keeps in Redis into a silo.</summary>
public static class RedisHosting
{
    // How a freeze is noticed: a silo that publishes nothing for three of these is not waited for.
    internal static readonly TimeSpan AliveInterval = TimeSpan.FromSeconds(5);
    internal const int AliveMissedMax = 3;
    private const int ProbesMissedMax = 3;

    /// <summary>
    /// Makes Redis the silo's membership table, default storage, reminder table and store of nonces. States are written
    /// in Orleans' own binary format, which fixes no CLR names, under <c>service/state/type/key/state</c>. Options come
    /// from <paramref name="section"/> and are checked at start.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="section">Section <c>Redis</c>.</param>
    /// <param name="address">Where other silos and clients find it.</param>
    /// <param name="siloPort">Its port for silos.</param>
    /// <param name="gatewayPort">Its port for clients.</param>
    public static ISiloBuilder UseRedisCluster(
        this ISiloBuilder silo, IConfiguration section, IPAddress address, int siloPort, int gatewayPort)
    {
        var services = silo.Services;
        services.AddOptions<RedisOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsValidator>();
        services.AddSingleton<RedisConnections>();
        services.AddSingleton<RedisStart>();
        services.AddSingleton<INonceStore, RedisNonceStore>();
        services.AddOptions<ClusterOptions>().Configure<IOptions<RedisOptions>>((cluster, redis) =>
            (cluster.ServiceId, cluster.ClusterId) = (redis.Value.ServiceId, redis.Value.ClusterId));
        services.AddOptions<ClusterMembershipOptions>().Configure<IOptions<RedisOptions>>(Watch);
        silo.ConfigureEndpoints(address, siloPort, gatewayPort);
        AddTables(silo);
        return silo;
    }

    private static void AddTables(ISiloBuilder silo)
    {
        var services = silo.Services;
        silo.UseRedisClustering(_ => { });
        services.AddOptions<RedisClusteringOptions>().Configure<RedisConnections>((table, connections) =>
        {
            table.ConfigurationOptions = connections.MembershipSettings;
            table.CreateMultiplexer = _ => Shared(connections.Membership);
        });
        silo.AddRedisGrainStorageAsDefault((OptionsBuilder<RedisStorageOptions> storage) =>
            storage.Configure<RedisConnections, Serializer>((table, connections, serializer) =>
            {
                table.ConfigurationOptions = connections.StateSettings;
                table.CreateMultiplexer = _ => Shared(connections.State);
                table.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
            }));
        silo.UseRedisReminderService(_ => { });
        services.AddOptions<RedisReminderTableOptions>().Configure<RedisConnections>((table, connections) =>
        {
            table.ConfigurationOptions = connections.StateSettings;
            table.CreateMultiplexer = _ => Shared(connections.State);
        });
    }

    private static void Watch(ClusterMembershipOptions membership, IOptions<RedisOptions> redis)
    {
        membership.ProbeTimeout = redis.Value.ProbeTimeout;
        membership.NumMissedProbesLimit = ProbesMissedMax;
        membership.NumVotesForDeathDeclaration = redis.Value.DeathVotes;
        membership.IAmAliveTablePublishTimeout = AliveInterval;
        membership.NumMissedTableIAmAliveLimit = AliveMissedMax;
        membership.TableRefreshTimeout = AliveInterval;
    }

    private static async Task<(IConnectionMultiplexer Multiplexer, bool IsShared)> Shared(
        Task<ConnectionMultiplexer> connection) => (await connection, true);
}
