using Mev.Control.Nonces;
using Mev.Domain.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Mev.Storage.Sqlite;

/// <summary>Puts the embedded store of grain states into a silo.</summary>
public static class SqliteStorageHosting
{
    /// <summary>
    /// Makes <see cref="SqliteGrainStorage"/> the silo's default storage, and its file the store of nonces. States are
    /// written in Orleans' own binary format, which fixes no CLR names. Options come from <paramref name="section"/>
    /// and are checked at start.
    /// </summary>
    public static ISiloBuilder AddSqliteGrainStorageAsDefault(this ISiloBuilder silo, IConfiguration section)
    {
        var services = silo.Services;
        services.AddOptions<SqliteStorageOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SqliteStorageOptions>, SqliteStorageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, Make);
        services.AddSingleton<LimitSource>(provider => Store(provider).Limits);
        services.AddSingleton<INonceStore>(provider => new SqliteNonceStore(Store(provider)));
        return silo;
    }

    private static SqliteGrainStorage Store(IServiceProvider provider) =>
        (SqliteGrainStorage)provider.GetRequiredKeyedService<IGrainStorage>(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);

    private static SqliteGrainStorage Make(IServiceProvider provider, string name) => new(
        provider.GetRequiredService<IOptions<SqliteStorageOptions>>(),
        new OrleansGrainStorageSerializer(provider.GetRequiredService<Serializer>()),
        provider.GetRequiredService<IActivatorProvider>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<SqliteGrainStorage>>());
}
