using Mev.Domain.Limits;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Mev.Journal.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.DuckDb;

/// <summary>Puts the embedded decision store and its sink into a host.</summary>
public static class DuckDbHosting
{
    private const string FileEnding = ".decisions.duckdb";

    /// <summary>
    /// Adds the store and what fills it from the host's journal, unless it is turned off. A host that starts hosted
    /// services in their order and ends them in the reverse one calls this before what writes the journal, so that the
    /// sink still takes the last records.
    /// </summary>
    /// <param name="services">The host's.</param>
    /// <param name="store">Section of <see cref="DuckDbStoreOptions"/>.</param>
    /// <param name="sink">Section of <see cref="DecisionSinkOptions"/>.</param>
    public static IServiceCollection AddDuckDbStore(
        this IServiceCollection services, IConfigurationSection store, IConfigurationSection sink)
    {
        services.AddOptions<DuckDbStoreOptions>().Bind(store).ValidateOnStart()
            .PostConfigure<IOptions<SqliteLogOptions>>((options, journal) =>
            {
                if (options.Path.Length == 0) options.Path = Path.ChangeExtension(journal.Value.Path, FileEnding);
            });
        services.AddSingleton<IValidateOptions<DuckDbStoreOptions>, DuckDbStoreOptionsValidator>();
        services.AddOptions<DecisionSinkOptions>().Bind(sink).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DecisionSinkOptions>, DecisionSinkOptionsValidator>();
        if (store.Get<DuckDbStoreOptions>() is { IsOn: false }) return services;
        services.AddSingleton<DuckDbStore>();
        services.AddSingleton<IDecisionStore>(provider => provider.GetRequiredService<DuckDbStore>());
        services.AddSingleton<IStoreCopies>(provider => provider.GetRequiredService<DuckDbStore>());
        services.AddSingleton<LimitSource>(provider => provider.GetRequiredService<DuckDbStore>().Limits);
        services.AddSingleton<SinkProgress>();
        services.AddHostedService<DecisionSink>();
        return services;
    }
}
