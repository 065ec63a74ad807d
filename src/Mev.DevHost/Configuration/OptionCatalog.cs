using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Mev.Adapters.DuckDb;
using Mev.Adapters.Jito;
using Mev.Adapters.Kafka;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.DevHost.Control;
using Mev.Gateway;
using Mev.Gateway.Streams;
using Mev.Grains;
using Mev.Grains.Feed;
using Mev.Grains.Learning;
using Mev.Journal.Sqlite;
using Mev.Journal.Stores;
using Mev.Journal.Streams;
using Mev.Simulator;
using Mev.Simulator.BlockEngine;
using Mev.Storage.Redis;
using Mev.Storage.Sqlite;

namespace Mev.DevHost.Configuration;

/// <summary>Every option of this host with its key, default and meaning, read from the options classes.</summary>
internal static class OptionCatalog
{
    private static readonly (string Section, Type Type)[] Sections =
    [
        (DevHostOptions.Section, typeof(DevHostOptions)),
        ("Feed", typeof(FeedOptions)),
        (ExecutionOptions.Section, typeof(ExecutionOptions)),
        (GeneratedFeedOptions.Section, typeof(GeneratedFeedOptions)),
        (YellowstoneOptions.Section, typeof(YellowstoneOptions)),
        (RpcOptions.Section, typeof(RpcOptions)),
        (JitoOptions.Section, typeof(JitoOptions)),
        (SimulatorOptions.Section, typeof(SimulatorOptions)),
        (BlockEngineOptions.Section, typeof(BlockEngineOptions)),
        ("Trading", typeof(TradingOptions)),
        ("Pump", typeof(FeedPumpOptions)),
        ("Model", typeof(ModelOptions)),
        ("Journal", typeof(SqliteLogOptions)),
        ("Kafka", typeof(KafkaLogOptions)),
        ("State", typeof(SqliteStorageOptions)),
        ("Redis", typeof(RedisOptions)),
        ("Streams", typeof(LogStreamOptions)),
        ("Store", typeof(DuckDbStoreOptions)),
        ("Sink", typeof(DecisionSinkOptions)),
        (GatewayOptions.Section, typeof(GatewayOptions)),
        (StreamOptions.Section, typeof(StreamOptions)),
        (TrustRootOptions.Section, typeof(TrustRootOptions)),
        (AuditOptions.Section, typeof(AuditOptions)),
    ];

    /// <summary>All options, in the order of their sections.</summary>
    public static IReadOnlyList<KnownOption> All { get; } =
    [
        new(
            "Urls", "http://127.0.0.1:8080", "Where HTTP listens; loopback only, several divided by ';'.",
            new(typeof(string), [], false)), // Mev.Gateway.LoopbackRule has its rules
        .. Sections.SelectMany(section => Options(section.Section, section.Type)),
    ];

    /// <summary>The option that a configuration key means; null when there is none.</summary>
    public static KnownOption? Find(string key) => All.FirstOrDefault(option => option.Matches(key));

    private static IEnumerable<KnownOption> Options(string section, Type type)
    {
        var defaults = Activator.CreateInstance(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is null) continue;
            var key = $"{section}:{property.Name}";
            if (property.PropertyType == typeof(JitoRegionOptions))
            {
                foreach (var option in Options(key, property.PropertyType)) yield return option;
                continue;
            }
            var element = ElementOf(property.PropertyType);
            if (element is not null && element != typeof(string))
            {
                foreach (var option in Options(key + ":0", element)) yield return option;
                continue;
            }
            yield return new KnownOption(
                element is null ? key : key + ":0", Text(property.GetValue(defaults)), OptionSummary.Of(property),
                new OptionRules(element ?? property.PropertyType, Rules(property), element is not null));
        }
    }

    private static ValidationAttribute[] Rules(PropertyInfo property) =>
        [.. property.GetCustomAttributes<ValidationAttribute>()];

    private static Type? ElementOf(Type type) => type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type)
        ? type.GetGenericArguments()[0]
        : null;

    private static string Text(object? value) => value switch
    {
        null => "",
        IEnumerable<string> texts => string.Join(", ", texts),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
