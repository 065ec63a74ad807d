using System.Net;
using Mev.DevHost.Configuration;
using Mev.Journal.Sqlite;
using Mev.Storage.Redis;
using Mev.Storage.Sqlite;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Orleans.Storage;

namespace Mev.DevHost;

/// <summary>Where membership and grain states are: Redis where one is named, else a file and nobody else.</summary>
internal static class ClusterHosting
{
    private const string Redis = "Redis";
    private const string State = "State";

    public static ISiloBuilder AddCluster(this ISiloBuilder silo, IConfiguration configuration, DevHostOptions ports)
    {
        if (configuration.HasRedis())
        {
            return silo.UseRedisCluster(
                configuration.GetSection(Redis), IPAddress.Loopback, ports.SiloPort, ports.GatewayPort);
        }
        silo.Services.AddSingleton<IValidateOptions<SqliteStorageOptions>, StateFileRule>();
        return silo
            .UseLocalhostClustering(ports.SiloPort, ports.GatewayPort, serviceId: "mev", clusterId: "dev")
            .AddSqliteGrainStorageAsDefault(configuration.GetSection(State));
    }

    /// <summary>
    /// Sees that the states can be read before the silo starts, which dies in the middle of its start without them, and
    /// that nobody else is at work on them.
    /// </summary>
    /// <exception cref="SqliteUnavailableException">The file cannot be opened.</exception>
    /// <exception cref="RedisUnavailableException">Redis does not answer, or another silo is there.</exception>
    public static async Task OpenStates(this WebApplication app)
    {
        if (!app.Configuration.HasRedis())
        {
            _ = Storage(app.Services);
            return;
        }
        var start = app.Services.GetRequiredService<RedisStart>();
        var ports = app.Services.GetRequiredService<IOptions<DevHostOptions>>().Value;
        await start.CheckAnswers();
        await start.CheckAlone(new IPEndPoint(IPAddress.Loopback, ports.SiloPort), Dns.GetHostName());
    }

    /// <summary>Where there are states already, and how to begin anew; null where there are none.</summary>
    public static async ValueTask<(string Place, string Anew)?> PlaceOfStates(this WebApplication app)
    {
        if (app.Configuration.HasRedis())
        {
            var service = app.Services.GetRequiredService<IOptions<RedisOptions>>().Value.ServiceId;
            return await app.Services.GetRequiredService<RedisStart>().HasStates()
                ? ($"Redis:ServiceId '{service}'", "--Redis:ServiceId NAME")
                : null;
        }
        var path = app.Services.GetRequiredService<IOptions<SqliteStorageOptions>>().Value.Path;
        return File.Exists(path) && await Storage(app.Services).HasStates()
            ? ($"State:Path '{path}'", "--State:Path FILE")
            : null;
    }

    private static bool HasRedis(this IConfiguration configuration) =>
        configuration.GetSection(Redis)[nameof(RedisOptions.ConnectionString)] is { Length: > 0 };

    private static SqliteGrainStorage Storage(IServiceProvider services) =>
        (SqliteGrainStorage)services.GetRequiredKeyedService<IGrainStorage>(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);
}
