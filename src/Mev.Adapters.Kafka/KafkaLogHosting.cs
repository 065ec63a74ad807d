using Mev.Domain.Limits;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Indexes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Kafka;

/// <summary>Puts the journal in Kafka into a host.</summary>
public static class KafkaLogHosting
{
    /// <summary>
    /// Adds <see cref="KafkaLog"/> as the host's <see cref="IPartitionedLog"/>, and an index of it in a file beside the
    /// host. Options come from <paramref name="section"/> and are checked at start.
    /// </summary>
    public static IServiceCollection AddKafkaLog(this IServiceCollection services, IConfigurationSection section)
    {
        services.AddOptions<KafkaLogOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KafkaLogOptions>, KafkaLogOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KafkaLog>();
        services.AddSingleton<IPartitionedLog>(provider => provider.GetRequiredService<KafkaLog>());
        services.AddSingleton<LimitSource>(provider => provider.GetRequiredService<KafkaLog>().Limits);
        services.AddSingleton(provider => new LogIndex(
            provider.GetRequiredService<KafkaLog>(), OptionsOf(provider).IndexPath, StrategyPartitions(provider)));
        services.AddSingleton<IJournalIndex>(provider => provider.GetRequiredService<LogIndex>());
        services.AddHostedService<IndexFollower>();
        return services;
    }

    /// <summary>Sees that the journal's topics are there, before anything is read of them.</summary>
    /// <exception cref="JournalUnavailableException">They are not, would lose records, or nobody answers.</exception>
    public static Task PrepareTopics(this IServiceProvider services) => new KafkaTopics(OptionsOf(services)).Prepare(
    [
        new KafkaTopic(LogTopics.Audit, StrategyPartitions(services) + 1),
        new KafkaTopic(LogTopics.Checkpoints, StrategyPartitions(services) + 1),
        new KafkaTopic(LogTopics.Blobs, 1),
        new KafkaTopic(LogTopics.Alerts, 1),
    ]);

    private static KafkaLogOptions OptionsOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<KafkaLogOptions>>().Value;

    private static int StrategyPartitions(IServiceProvider services) =>
        services.GetRequiredService<CodeIdentity>().StrategyPartitions;
}
