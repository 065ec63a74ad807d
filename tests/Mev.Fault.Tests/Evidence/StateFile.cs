using Mev.Grains.Strategies;
using Mev.Journal.Strategies;
using Mev.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Mev.Fault.Tests.Evidence;

/// <summary>The saved states of a run that has ended, read as the silo reads them.</summary>
internal static class StateFile
{
    /// <summary>The snapshot of each strategy that saved one.</summary>
    public static async Task<IReadOnlyDictionary<string, StrategySnapshot>> Snapshots(
        string path, IEnumerable<string> strategies)
    {
        await using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        await using var storage = new SqliteGrainStorage(
            Options.Create(new SqliteStorageOptions { Path = path }),
            new OrleansGrainStorageSerializer(services.GetRequiredService<Serializer>()),
            services.GetRequiredService<IActivatorProvider>(),
            TimeProvider.System,
            NullLogger<SqliteGrainStorage>.Instance);
        var snapshots = new Dictionary<string, StrategySnapshot>();
        foreach (var id in strategies)
        {
            var state = new GrainState<StrategyGrainState>();
            await storage.ReadStateAsync("strategy", GrainId.Create("strategy", id), state);
            if (state is { RecordExists: true, State.Snapshot: { } snapshot }) snapshots[id] = snapshot;
        }
        return snapshots;
    }
}
