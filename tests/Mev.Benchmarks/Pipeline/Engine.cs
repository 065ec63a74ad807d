using Mev.Benchmarks.Loads;
using Mev.Domain.Bundles;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Grains;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Bundles;
using Mev.Grains.Feed;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Mev.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mev.Benchmarks.Pipeline;

/// <summary>
/// The whole engine in this process, everything on: feed pump that conflates, one market shard, one strategy that
/// learns, journal and grain storage in SQLite with synchronous=FULL.
/// </summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly OutcomeSender _sender;
    private readonly FeedProgress _progress;

    private Engine(IHost host, LoadFeed feed, LatencyProbe probe, OutcomeSender sender)
    {
        (_host, Feed, Probe, _sender) = (host, feed, probe, sender);
        _progress = host.Services.GetRequiredService<FeedProgress>();
        Log = host.Services.GetRequiredService<ObservedLog>();
        Grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public LoadFeed Feed { get; }

    public LatencyProbe Probe { get; }

    public ObservedLog Log { get; }

    public IGrainFactory Grains { get; }

    public FeedProgress.State Progress => _progress.Current;

    public async ValueTask<ShardView> Shard() => await Grains.GetGrain<IMarketShardGrain>(0).Describe();

    /// <summary>Starts a silo on a folder of its own and waits until the universe is laid out.</summary>
    public static async Task<Engine> Start(LoadUniverse universe, LoadMix mix, string folder)
    {
        var time = TimeProvider.System;
        var probe = new LatencyProbe(time);
        var feed = new LoadFeed(universe, mix, probe, time);
        var sender = new OutcomeSender(time);
        var builder = Silos.New(folder, silo => silo.AddIncomingGrainCallFilter(new DrainFilter(probe)));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Trading:Strategies:0:StandardRouteFeeLamports"] = mix.StandardRouteFee.ToString(),
            ["Trading:Strategies:0:FastRouteFeeLamports"] = mix.FastRouteFee.ToString(),
        });
        builder.UseOrleans(silo => silo.AddSqliteGrainStorageAsDefault(builder.Configuration.GetSection("State")));
        var services = builder.Services;
        services.AddSqliteLog(builder.Configuration.GetSection("Journal"));
        services.AddSingleton(provider => new ObservedLog(provider.GetRequiredService<SqliteLog>(), probe, time));
        services.AddSingleton<IPartitionedLog>(provider => provider.GetRequiredService<ObservedLog>());
        services.AddSingleton<IMarketFeed>(feed);
        services.AddSingleton<IBundleSender>(sender);
        services.AddSingleton<BundleBuilderFactory>(_ => parameters => new PaperOrderBuilder(parameters));
        services.AddSingleton(_ => new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf));
        services.AddSingleton(new CodeIdentity("", "", feed.Description, StrategyPartitions: 1));
        services.AddMevGrains(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync();
        sender.Start();
        var engine = new Engine(host, feed, probe, sender);
        var policy = engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);
        await policy.Change(LoadMix.Policy(await policy.Current()), "benchmark workload");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1), time);
        while (engine.Progress.Pools == 0) await Task.Delay(TimeSpan.FromMilliseconds(10), time, patience.Token);
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        Feed.SetRate(0);
        await _host.StopAsync();
        await _sender.DisposeAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
    }
}
