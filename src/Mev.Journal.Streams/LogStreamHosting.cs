using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Orleans.Storage;
using Orleans.Streams;

namespace Mev.Journal.Streams;

/// <summary>
/// Orleans streams over the host's <see cref="IPartitionedLog"/>, whichever that is: in Kafka those of a cluster, in
/// the
/// SQLite file those of one process.
/// </summary>
public static class LogStreamHosting
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Adds the provider to a silo, whose silos share its partitions out among them. How far a partition was delivered
    /// is kept in the silo's default grain storage, and so are explicit subscriptions where no other one is named
    /// PubSubStore.
    /// </summary>
    /// <param name="silo">The silo; its services have an <see cref="IPartitionedLog"/>.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="section">What <see cref="LogStreamOptions"/> come from, checked at start.</param>
    /// <param name="configure">Orleans' settings of pulling, of subscriptions and of who gets which partition.</param>
    public static ISiloBuilder AddLogStreams(
        this ISiloBuilder silo, string name, IConfiguration section,
        Action<ISiloPersistentStreamConfigurator>? configure = null)
    {
        AddParts(silo.Services, name, section);
        silo.Services.TryAddKeyedSingleton(
            ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME,
            (services, _) => services.GetRequiredKeyedService<IGrainStorage>(
                ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        return silo.AddPersistentStreams(name, Factory, streams =>
        {
            streams.UseGrainCheckpointer(options => options.Configure(positions =>
            {
                positions.StorageProviderName = ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
                positions.PersistInterval = SaveInterval;
                positions.CheckpointComparer = StreamCheckpointComparers.Numeric;
            }));
            streams.UseConsistentRingQueueBalancer();
            configure?.Invoke(streams);
        });
    }

    /// <summary>Adds the provider to a client, which appends to the log itself and is called by the silos.</summary>
    /// <inheritdoc cref="AddLogStreams(ISiloBuilder, string, IConfiguration,
    /// Action{ISiloPersistentStreamConfigurator})"/>
    public static IClientBuilder AddLogStreams(
        this IClientBuilder client, string name, IConfiguration section,
        Action<IClusterClientPersistentStreamConfigurator>? configure = null)
    {
        AddParts(client.Services, name, section);
        return client.AddPersistentStreams(name, Factory, streams => configure?.Invoke(streams));
    }

    private static void AddParts(IServiceCollection services, string name, IConfiguration section)
    {
        services.AddOptions<LogStreamOptions>(name).Bind(section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<LogStreamOptions>, LogStreamOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DeadLetters>();
    }

    private static LogStreamFactory Factory(IServiceProvider services, string name)
    {
        if (services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IPartitionedLog)))
            return ActivatorUtilities.CreateInstance<LogStreamFactory>(services, name);
        throw new OrleansConfigurationException(
            $"the streams '{name}' have no log to lie in: add one to the host's services, AddSqliteLog or AddKafkaLog");
    }
}
