using Mev.Domain.Bundles;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Fixtures.Commands;
using Mev.Grains.Bundles;
using Mev.Grains.Commands;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Mev.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Mev.Grains.Tests;

/// <summary>One silo with the engine's grains over a real journal in a folder of its own.</summary>
public sealed class Engine : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mev-engine-").FullName;
    private InProcessTestCluster _cluster = null!;

    public RecordingSender Sender { get; } = new();

    /// <summary>What the silos take; nothing by default.</summary>
    public IMarketFeed Feed { get; init; } = new EmptyFeed();

    /// <summary>Options of the silos beside the paths.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>What the silos to come say that their feed is.</summary>
    public string Identity { get; set; } = "empty";

    /// <summary>The rule of the silos to come.</summary>
    public WriteAheadRule Rule { get; init; }

    /// <summary>What the silos have beside that; the last registration counts.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    public IGrainFactory Grains => _cluster.Client;

    public IPartitionedLog Log => Service<IPartitionedLog>();

    public AuditWriter Audit => Service<AuditWriter>();

    public T Service<T>()
        where T : notnull => _cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    public ValueTask InitializeAsync() => new(Deploy());

    /// <summary>Keeps a file from being written until it is disposed.</summary>
    public IDisposable Lock(string file)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, file)};Pooling=False");
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Ends the silo and starts another over the same journal and state.</summary>
    public async Task Restart()
    {
        await _cluster.DisposeAsync();
        await Deploy();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Deploy()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(Settings)
        {
            ["Journal:Path"] = Path.Combine(_folder, "journal.db"),
            ["State:Path"] = Path.Combine(_folder, "state.db"),
        }).Build();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSqliteLog(configuration.GetSection("Journal"));
            silo.Services.AddMevGrains(configuration);
            silo.Services.AddSingleton<ICommandAuthority, GrantedCommands>();
            silo.Services.AddSingleton(typeof(WriteAheadRule), Rule);
            silo.Services.AddSingleton<IBundleSender>(Sender);
            silo.Services.AddSingleton(Feed);
            silo.Services.AddSingleton<BundleBuilderFactory>(_ => parameters => new PaperOrderBuilder(parameters));
            silo.Services.AddSingleton(_ => new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf));
            silo.Services.AddSingleton(new CodeIdentity("", "", Identity, StrategyPartitions: 1));
            silo.AddSqliteGrainStorageAsDefault(configuration.GetSection("State"));
            Services(silo.Services);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private sealed class EmptyFeed : IMarketFeed
    {
        public string Description => "empty";

        public ulong? BatchesTotal => 0;

        public async IAsyncEnumerable<FeedBatch> Read(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            yield break;
        }
    }
}
