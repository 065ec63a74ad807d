using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Simulator;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Yellowstone;

/// <summary>What is quoted is watched: pools of every protocol, whole programs or one by one.</summary>
public sealed class SubscriptionTests
{
    public static TheoryData<Protocol> Protocols => [.. ProtocolPools.All];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Where_nothing_is_named_every_program_whose_pools_are_quoted_is_watched(Protocol protocol)
    {
        var options = new YellowstoneOptions();
        var pool = ProtocolPools.Of(protocol);
        var owner = pool.Accounts.ToArray().Single(account => account.Key == pool.Id.Address).Owner;
        Assert.Contains(owner, new Subscription(options, new YellowstoneCounts(options)).WholePrograms);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_pool_that_is_named_alone_comes_with_all_that_it_is_quoted_by(Protocol protocol)
    {
        await using var simulator = await SimulatorRun.Start();
        var pool = ProtocolPools.Of(protocol);
        simulator.Chain.Add(pool);
        await using var feed = simulator.Read(simulator.Options(pools: [$"{pool.Id.Address}"]));
        await simulator.Complete(feed);
        SameState.Check(simulator, feed, known => known == pool);
    }

    [Fact]
    public async Task Pools_of_every_protocol_come_where_nothing_is_named()
    {
        await using var simulator = await SimulatorRun.Start();
        Pool[] pools = [.. ProtocolPools.All.Select(ProtocolPools.Of)];
        foreach (var pool in pools) simulator.Chain.Add(pool);
        await using var feed = simulator.Read();
        await simulator.Complete(feed);
        SameState.Check(simulator, feed, pool => pools.Contains(pool));
    }
}
