using Mev.Adapters.Paper.Generation;
using Mev.Domain.Feed;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Fixtures;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Feed;
using Mev.Grains.Limits;
using Mev.Grains.Shards;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Mev.Grains.Tests.Shards;

/// <summary>Silos that take the same feed, each by itself, and drain the shards that are theirs.</summary>
public sealed class SharedShardsTests
{
    private const int Shards = 16; // so many that either of two silos owns some, whatever its port

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_that_come_and_die_find_together_what_one_alone_finds()
    {
        var batches = await Batches();
        var alone = await Alone(batches);
        Assert.True(alone.Count > 100, $"only {alone.Count} chances");
        await using var cluster = await Start(silos: 1);
        var found = new HashSet<OpportunityId>();
        var (third, first) = (batches.Count / 3, cluster.Silos[0]);

        await Take(batches[..third], found, first);
        Assert.Equal(Shards, OwnedBy(first));

        var second = await cluster.StartAdditionalSiloAsync();
        Adopt(second);
        foreach (var batch in batches[..third]) Take(second, batch); // what it was not there for
        await Until(() => OwnedBy(first) + OwnedBy(second) == Shards);
        Assert.InRange(OwnedBy(first), 1, Shards - 1);
        await Take(batches[third..(2 * third)], found, first, second);
        foreach (var silo in new[] { first, second })
            foreach (var shard in Owners(silo).Mine(Shards)) Assert.Equal(silo.SiloAddress, Place(cluster, shard));

        await cluster.KillSiloAsync(second);
        await Until(() => OwnedBy(first) == Shards);
        await Take(batches[(2 * third)..], found, first);

        Assert.Equal(alone.Order(), found.Order());
    }

    private static async Task<HashSet<OpportunityId>> Alone(List<FeedBatch> batches)
    {
        await using var cluster = await Start(silos: 1);
        var found = new HashSet<OpportunityId>();
        await Take(batches, found, cluster.Silos[0]);
        return found;
    }

    private static async Task Take(
        List<FeedBatch> batches, HashSet<OpportunityId> found, params InProcessSiloHandle[] silos)
    {
        foreach (var batch in batches)
        {
            foreach (var silo in silos) Take(silo, batch);
            foreach (var silo in silos)
            {
                if (Service<MarketState>(silo).Layout is null) continue;
                if (await Service<ShardDrains>(silo).Drain(Cancellation) is not { } drained) continue;
                found.UnionWith(drained.Opportunities.Select(chance => chance.Id));
                DecidableBatch.Release(drained);
            }
        }
    }

    private static void Take(InProcessSiloHandle silo, FeedBatch batch)
    {
        var (drains, market) = (Service<ShardDrains>(silo), Service<MarketState>(silo));
        drains.Begin(batch.Cursor);
        market.Take(batch, endsTransaction: true);
        drains.End(batch.Cursor, market.Clock);
    }

    private static SiloAddress? Place(InProcessTestCluster cluster, int shard)
    {
        var grain = cluster.Client.GetGrain<IMarketShardGrain>(shard).GetGrainId();
        return cluster.TryGetGrainContext(grain, out var context) ? context.Address.SiloAddress : null;
    }

    private static ShardOwners Owners(InProcessSiloHandle silo) => Service<ShardOwners>(silo);

    private static int OwnedBy(InProcessSiloHandle silo) => Owners(silo).Mine(Shards).Length;

    private static void Adopt(InProcessSiloHandle silo) => Service<PolicyInForce>(silo).Adopt(new Policy());

    private static T Service<T>(InProcessSiloHandle silo)
        where T : notnull => silo.ServiceProvider.GetRequiredService<T>();

    private static async Task<List<FeedBatch>> Batches()
    {
        var feed = new GeneratedFeed(
            new GeneratedFeedOptions { Seed = 7, Pools = 40, Mints = 10, Transactions = 600 }, TimeProvider.System);
        var batches = new List<FeedBatch>();
        await foreach (var batch in feed.Read(Cancellation))
            batches.Add(batch with { Events = batch.Events.ToArray() });
        return batches;
    }

    private static async Task<InProcessTestCluster> Start(short silos)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddMevGrains(new ConfigurationBuilder().AddInMemoryCollection(
                [new("Trading:Shards", $"{Shards}")]).Build());
            foreach (var hosted in silo.Services.Where(IsEngine).ToList()) silo.Services.Remove(hosted);
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton(_ => new PoolAssembler(PoolDecoder.TryCreate, PoolDecoder.TryGetPoolOf));
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                membership.NumVotesForDeathDeclaration = 1;
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        foreach (var silo in cluster.Silos) Adopt(silo);
        return cluster;
    }

    /// <summary>Here the test is the pump, and nothing is decided.</summary>
    private static bool IsEngine(ServiceDescriptor service) => service.ServiceType == typeof(IHostedService)
        && service.ImplementationType?.Assembly == typeof(FeedPump).Assembly;

    private static Task Until(Func<bool> isSo) => Patience.Until(
        () => Task.FromResult(isSo()), "membership", TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(50),
        Cancellation);
}
