using Mev.Benchmarks.Loads;
using Mev.Domain.Bundles;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Fixtures.Commands;
using Mev.Grains;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Bundles;
using Mev.Grains.Commands;
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

    private Engine(IHost host, LoadFeed feed, LatencyProbe probe, OutcomeSender sender, SignedOut signed)
    {
        (_host, Feed, Probe, _sender, Signed) = (host, feed, probe, sender, signed);
        _progress = host.Services.GetRequiredService<FeedProgress>();
        Log = host.Services.GetRequiredService<ObservedLog>();
        Grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public LoadFeed Feed { get; }

    public LatencyProbe Probe { get; }

    /// <summary>What left signed; nothing of an engine without a wallet.</summary>
    public SignedOut Signed { get; }

    public ObservedLog Log { get; }

    public IGrainFactory Grains { get; }

    public FeedProgress.State Progress => _progress.Current;

    public async ValueTask<ShardView> Shard() => await Grains.GetGrain<IMarketShardGrain>(0).Describe();

    /// <summary>Starts a silo on a folder of its own and waits until the universe is laid out.</summary>
    /// <param name="universe">Its pools.</param>
    /// <param name="mix">The workload.</param>
    /// <param name="folder">Of its files.</param>
    /// <param name="wallet">Pays and signs; null for paper.</param>
    public static async Task<Engine> Start(
        LoadUniverse universe, LoadMix mix, string folder, LoadWallet? wallet = null)
    {
        var time = TimeProvider.System;
        var probe = new LatencyProbe(time);
        var feed = new LoadFeed(universe, mix, probe, time);
        var signed = new SignedOut(time);
        var sender = new OutcomeSender(time, signed);
        var builder = Silos.New(folder, silo => silo.AddIncomingGrainCallFilter(new DrainFilter(probe)));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Trading:Strategies:0:StandardRouteFeeLamports"] = mix.StandardRouteFee.ToString(),
            ["Trading:Strategies:0:FastRouteFeeLamports"] = mix.FastRouteFee.ToString(),
        });
        builder.UseOrleans(silo => silo.AddSqliteGrainStorageAsDefault(builder.Configuration.GetSection("State")));
        var services = builder.Services;
        services.AddSqliteLog(builder.Configuration.GetSection("Journal"));
        services.AddSingleton(provider => new ObservedLog(
            provider.GetRequiredService<SqliteLog>(), probe, time, wallet is null ? null : signed));
        services.AddSingleton<IPartitionedLog>(provider => provider.GetRequiredService<ObservedLog>());
        services.AddSingleton<IMarketFeed>(feed);
        services.AddSingleton<IBundleSender>(sender);
        if (wallet is not null) wallet.AddTo(services);
        else services.AddSingleton<BundleBuilderFactory>(_ => parameters => new PaperOrderBuilder(parameters));
        services.AddSingleton(_ => new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf));
        services.AddSingleton(new CodeIdentity("", "", feed.Description, StrategyPartitions: 1));
        services.AddMevGrains(builder.Configuration);
        services.AddSingleton<ICommandAuthority, GrantedCommands>();
        var host = builder.Build();
        await host.StartAsync();
        sender.Start();
        var engine = new Engine(host, feed, probe, sender, signed);
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
