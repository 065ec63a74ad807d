using Mev.Journal;
using Mev.Journal.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Kafka;

/// <summary>
/// Sees at the start of a silo or client that the topics of its streams are there and keep everything.
/// </summary>
internal sealed class KafkaStreamTopics(string name, IServiceProvider services)
    : ILifecycleParticipant<ISiloLifecycle>, ILifecycleParticipant<IClusterClientLifecycle>
{
    public void Participate(ISiloLifecycle observer) => Subscribe(observer);

    public void Participate(IClusterClientLifecycle observer) => Subscribe(observer);

    private void Subscribe(ILifecycleObservable observer) =>
        observer.Subscribe(nameof(KafkaStreamTopics), ServiceLifecycleStage.RuntimeServices, Prepare);

    private Task Prepare(CancellationToken cancellationToken)
    {
        if (services.GetService<KafkaLog>() is null)
        {
            throw new OrleansConfigurationException(
                $"the streams '{name}' are to lie in Kafka, where this host has no log: add it with AddKafkaLog, or "
                + "the streams with AddLogStreams");
        }
        var streams = services.GetRequiredService<IOptionsMonitor<LogStreamOptions>>().Get(name);
        var topics = new KafkaTopics(services.GetRequiredService<IOptions<KafkaLogOptions>>().Value);
        return topics.Prepare(
        [
            new KafkaTopic(streams.Topic, streams.Partitions),
            new KafkaTopic(LogTopics.DeadLetter, 1),
            new KafkaTopic(LogTopics.Alerts, 1),
        ]);
    }
}
