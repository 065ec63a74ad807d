using System.Security.Cryptography;
using Mev.Adapters.Paper;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Fault.Tests.Runs;
using Mev.Fixtures.Commands;
using Mev.Grains;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Bundles;
using Mev.Grains.Commands;
using Mev.Grains.Feed;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Mev.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Mev.Fault.Tests.Limits;

/// <summary>
/// A silo in this process, on a generated market without an end, or on one that only gives its snapshot.
/// </summary>
internal sealed class TradingSilo : IAsyncDisposable
{
    private const int Partition = 1;

    private readonly RunFolder _folder = new();
    private readonly HeldAnswer _held = new();
    private InProcessTestCluster _cluster = null!;
    private BreakableLog _log = null!;
    private byte _opportunities;

    public CountingSender Sender { get; private set; } = null!;

    public IGrainFactory Grains => _cluster.Client;

    public IPolicyGrain Policy => Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);

    public static async Task<TradingSilo> Start(Market? market = null)
    {
        var silo = new TradingSilo();
        await silo.Deploy(market);
        return silo;
    }

    public OpportunityId NewOpportunity() => new(new Digest(SHA256.HashData([_opportunities++])));

    /// <summary>A durable intent of one byte.</summary>
    public async Task<IntentReference> AppendIntent(OpportunityId opportunity)
    {
        byte[] message = [1];
        var core = new Contracts.V1.DecisionCore
        {
            OpportunityId = Google.Protobuf.ByteString.CopyFrom(opportunity.Value.ToArray()),
            Action = (uint)DecisionAction.Submit,
            Message = Google.Protobuf.ByteString.CopyFrom(message),
            MessageHash = Google.Protobuf.ByteString.CopyFrom(Digest.Of(message).ToArray()),
        };
        var record = new Contracts.V1.AuditRecord
        {
            Decision = new Contracts.V1.Decision { Strategy = "arb-1", Core = core },
        };
        var offset = await Service<AuditWriter>().Append(
            Partition, [new AuditEntry(RecordType.Intent, opportunity.Value, record)]);
        return new IntentReference(Partition, offset);
    }

    public HeldAnswer HoldPolicyAnswers()
    {
        _held.Arm();
        return _held;
    }

    /// <summary>How far the pump is.</summary>
    public FeedProgress.State Progress => Service<FeedProgress>().Current;

    /// <summary>Nothing more becomes durable, and asking how late it is fails.</summary>
    public void BreakJournal(string fault) => _log.Break(fault);

    /// <summary>Waits until the feed was taken some batches further, decisions included.</summary>
    public async Task FeedMoves()
    {
        var progress = Service<FeedProgress>();
        var target = progress.Current.Cursor.Position + 50;
        while (progress.Current.Cursor.Position < target)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    private T Service<T>()
        where T : notnull => _cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    private async Task Deploy(Market? market)
    {
        var settings = (market?.Settings ?? Market.Generated.Settings)
            .SetItem("Generator:Transactions", market is null ? "1" : "1000000")
            .Add("Journal:Path", _folder.Journal).Add("State:Path", _folder.State);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
        var options = configuration.GetSection(GeneratedFeedOptions.Section).Get<GeneratedFeedOptions>()!;
        var paper = new PaperMarket(
            new GeneratedFeed(options, TimeProvider.System), PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf);
        Sender = new CountingSender(market is null ? new NowhereSender() : paper);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => Configure(silo, configuration, paper));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private void Configure(ISiloBuilder silo, IConfiguration configuration, PaperMarket paper)
    {
        silo.Services.AddSqliteLog(configuration.GetSection("Journal"));
        silo.Services.AddSingleton<IPartitionedLog>(provider =>
            _log = new BreakableLog(provider.GetRequiredService<SqliteLog>()));
        silo.Services.AddMevGrains(configuration);
        silo.Services.AddSingleton<ICommandAuthority, GrantedCommands>();
        silo.Services.AddSingleton<IBundleSender>(Sender);
        silo.Services.AddSingleton<IMarketFeed>(paper);
        silo.Services.AddSingleton<BundleBuilderFactory>(_ => parameters => new PaperOrderBuilder(parameters));
        silo.Services.AddSingleton(_ => new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf));
        silo.Services.AddSingleton(new CodeIdentity("", "", paper.Identity, StrategyPartitions: 1));
        silo.AddOutgoingGrainCallFilter(_held);
        silo.AddSqliteGrainStorageAsDefault(configuration.GetSection("State"));
    }
}
