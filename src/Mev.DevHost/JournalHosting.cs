using Mev.Adapters.Kafka;
using Mev.Journal.Sqlite;

namespace Mev.DevHost;

/// <summary>Chooses the journal: Kafka where brokers are named, a SQLite file otherwise.</summary>
internal static class JournalHosting
{
    private const string Kafka = "Kafka";
    private const string Journal = "Journal";

    /// <summary>Whether the journal is in Kafka.</summary>
    public static bool HasBrokers(this IConfiguration configuration) =>
        configuration.GetSection(Kafka)[nameof(KafkaLogOptions.BootstrapServers)] is { Length: > 0 };

    public static IServiceCollection AddJournal(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.HasBrokers()) return services.AddSqliteLog(configuration.GetSection(Journal));
        services.AddOptions<SqliteLogOptions>().Bind(configuration.GetSection(Journal)); // beside it lie other files
        return services.AddKafkaLog(configuration.GetSection(Kafka));
    }
}
