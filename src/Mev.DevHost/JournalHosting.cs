using Mev.Adapters.Kafka;
using Mev.DevHost.Configuration;
using Mev.Journal.Sqlite;
using Mev.Journal.Streams;

namespace Mev.DevHost;

/// <summary>Chooses the journal: Kafka where brokers are named, a SQLite file otherwise.</summary>
internal static class JournalHosting
{
    private const string Kafka = "Kafka";
    private const string Journal = "Journal";
    private const string StreamProvider = "log";

    /// <summary>Whether the journal is in Kafka.</summary>
    public static bool HasBrokers(this IConfiguration configuration) =>
        configuration.GetSection(Kafka)[nameof(KafkaLogOptions.BootstrapServers)] is { Length: > 0 };

    public static IServiceCollection AddJournal(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.HasBrokers()) return services.AddSqliteLog(configuration.GetSection(Journal));
        services.AddOptions<SqliteLogOptions>().Bind(configuration.GetSection(Journal)); // beside it lie other files
        return services.AddKafkaLog(configuration.GetSection(Kafka));
    }

    /// <summary>Adds Orleans streams over the journal, where that is asked for.</summary>
    public static ISiloBuilder AddStreams(
        this ISiloBuilder silo, IConfiguration configuration, DevHostOptions host)
    {
        var section = configuration.GetSection("Streams");
        if (!host.HasStreams) return silo;
        return configuration.HasBrokers()
            ? silo.AddKafkaStreams(StreamProvider, section)
            : silo.AddLogStreams(StreamProvider, section);
    }
}
