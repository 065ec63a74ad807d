using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Pools;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Pools;
using Mev.Grains.Limits;
using Mev.Journal;

namespace Mev.Grains.Tests.Limits;

public sealed class PolicyGrainTests(Engine engine) : IClassFixture<Engine>
{
    private IPolicyGrain Policies => engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);

    [Fact]
    public async Task A_change_is_journalled_with_its_bytes_before_it_is_answered()
    {
        var current = await Policies.Current();
        var wanted = current with { Version = current.Version + 1, MinimumProfit = new Lamports(77) };
        Assert.Equal(wanted.Hash, (await Policies.Change(wanted, "less dust")).Hash);
        var partition = new LogPartition(LogTopics.Audit, 0);
        var end = await engine.Log.End(partition);
        var record = (await engine.Log.Read(partition, end - 1, 1))[0];
        var change = AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span).PolicyChange;
        Assert.Equal((RecordType.PolicyChange, "less dust"), (record.Entry.Type, change.Reason));
        Assert.Equal(wanted.Hash, Policy.Decode(change.PolicyBytes.Span)!.Hash);
        Assert.Equal(wanted.Hash, engine.Service<PolicyInForce>().Current.Hash);
    }

    [Fact]
    public async Task Of_two_changes_to_the_same_version_one_wins()
    {
        var current = await Policies.Current();
        var first = current with { Version = current.Version + 1, OpenSubmissionsMax = 3 };
        var second = first with { OpenSubmissionsMax = 4 };
        Assert.Equal(3, (await Policies.Change(first, "first")).OpenSubmissionsMax);
        Assert.Equal(3, (await Policies.Change(second, "second")).OpenSubmissionsMax);
    }

    [Fact]
    public async Task A_quarantine_and_its_end_are_policy_changes()
    {
        var pool = engine.Grains.GetGrain<IPoolGrain>(Mints.Usdc.ToString());
        await pool.Quarantine("odd quotes");
        await pool.Quarantine("again");
        Assert.Equal([new PoolId(Mints.Usdc)], (await Policies.Current()).QuarantinedPools);
        await pool.Enable("understood");
        Assert.Empty((await Policies.Current()).QuarantinedPools);
    }

    [Fact]
    public async Task A_pool_grain_of_no_address_says_so()
    {
        var pool = engine.Grains.GetGrain<IPoolGrain>("not-an-address");
        var failure = await Assert.ThrowsAsync<ArgumentException>(async () => await pool.Quarantine("?"));
        Assert.Contains("not-an-address", failure.Message, StringComparison.Ordinal);
    }
}
