using Mev.Journal.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Adapters.Kafka;

/// <summary>
/// Orleans streams in Kafka: those of <see cref="LogStreamHosting"/>, over the host's <see cref="KafkaLog"/>, whose
/// topics
/// are made or checked before anything is pulled from them.
/// </summary>
public static class KafkaStreamHosting
{
    /// <summary>Adds the provider to a silo, whose silos share its partitions out among them.</summary>
    /// <param name="silo">The silo; its services have the log, by <see cref="KafkaLogHosting.AddKafkaLog"/>.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="section">What <see cref="LogStreamOptions"/> come from, checked at start.</param>
    /// <param name="configure">Orleans' settings of pulling, of subscriptions and of who gets which partition.</param>
    public static ISiloBuilder AddKafkaStreams(
        this ISiloBuilder silo, string name, IConfiguration section,
        Action<ISiloPersistentStreamConfigurator>? configure = null)
    {
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            services => new KafkaStreamTopics(name, services));
        return silo.AddLogStreams(name, section, configure);
    }

    /// <summary>Adds the provider to a client, which appends to the log itself and is called by the silos.</summary>
    /// <inheritdoc cref="AddKafkaStreams(ISiloBuilder, string, IConfiguration,
    /// Action{ISiloPersistentStreamConfigurator})"/>
    public static IClientBuilder AddKafkaStreams(
        this IClientBuilder client, string name, IConfiguration section,
        Action<IClusterClientPersistentStreamConfigurator>? configure = null)
    {
        client.Services.AddSingleton<ILifecycleParticipant<IClusterClientLifecycle>>(
            services => new KafkaStreamTopics(name, services));
        return client.AddLogStreams(name, section, configure);
    }
}
