using System.Collections.Immutable;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Pools;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Limits;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Limits;

public sealed class PolicyGrainTests(Engine engine) : IClassFixture<Engine>
{
    private static readonly LogPartition Control = new(LogTopics.Audit, 0);

    private IPolicyGrain Policies => engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);

    private static async Task Until(Func<bool> isSo)
    {
        for (var i = 0; !isSo(); i++)
        {
            Assert.True(i < 200, "it did not come within two seconds");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<(RecordType Type, PolicyChange Change)> LastChange()
    {
        var record = (await engine.Log.Read(Control, await engine.Log.End(Control) - 1, 1))[0];
        return (record.Entry.Type, AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span).PolicyChange);
    }

    [Fact]
    public async Task A_change_is_journalled_with_its_bytes_before_it_is_answered()
    {
        var current = await Policies.Current();
        var wanted = current with { Version = current.Version + 1, MinimumProfit = new Lamports(77) };
        Assert.Equal(wanted.Hash, (await Policies.Change(wanted, "less dust")).Hash);
        var (type, change) = await LastChange();
        Assert.Equal((RecordType.PolicyChange, "less dust"), (type, change.Reason));
        Assert.Equal(wanted.Hash, Policy.Decode(change.PolicyBytes.Span)!.Hash);
        Assert.Equal(wanted.Hash, engine.Service<PolicyInForce>().Current.Hash);
    }

    [Fact]
    public async Task A_stop_and_its_end_are_in_force_and_journalled_when_they_are_answered()
    {
        var stopped = await Policies.Stop("odd fills");
        Assert.True(engine.Service<PolicyInForce>().Current.IsStopped);
        await Expect(stopped, "odd fills");

        var resumed = await Policies.Resume("understood");
        Assert.False(engine.Service<PolicyInForce>().Current.IsStopped);
        await Expect(resumed, "understood");

        async Task Expect(Policy policy, string reason)
        {
            var (type, change) = await LastChange();
            Assert.Equal((RecordType.Stop, reason), (type, change.Reason));
            Assert.Equal(policy.Hash, Policy.Decode(change.PolicyBytes.Span)!.Hash);
        }
    }

    [Fact]
    public async Task A_change_that_was_journalled_and_not_saved_is_in_force_after_a_restart()
    {
        var current = await Policies.Current();
        var wanted = current with { Version = current.Version + 1, MinimumProfit = new Lamports(4_711) };
        var change = new PolicyChange
        {
            Policy = PolicyKeys.Global,
            Version = wanted.Version,
            PolicyHash = Google.Protobuf.ByteString.CopyFrom(wanted.Hash.ToArray()),
            PolicyBytes = Google.Protobuf.ByteString.CopyFrom(wanted.Encode()),
            Reason = "killed before it was saved",
        };
        await engine.Audit.Append(Control.Partition, [new AuditEntry(
            RecordType.PolicyChange, wanted.Hash, new AuditRecord { PolicyChange = change })]);

        await engine.Restart();

        Assert.Equal(wanted.Hash, (await Policies.Current()).Hash);
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
    public async Task A_stop_waits_neither_for_a_change_on_its_way_nor_for_a_journal_that_is_away_and_lasts()
    {
        var current = await Policies.Current();
        var wanted = current with { Version = current.Version + 1, OpenSubmissionsMax = 9 };
        Task<Policy> changing, stopping;
        using (engine.Lock("journal.db"))
        {
            changing = Policies.Change(wanted, "slow").AsTask();
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None); // on its way
            stopping = Policies.Stop("now").AsTask();
            await Until(() => engine.Service<PolicyInForce>().Current.IsStopped);
            Assert.False(changing.IsCompleted);
            Assert.False(stopping.IsCompleted);
        }
        var stopped = await stopping;
        Assert.True((await changing).IsStopped, "the change undid the stop");

        await engine.Restart();

        Assert.Equal(stopped.Hash, (await Policies.Current()).Hash);
        await Policies.Resume("test");
    }

    [Fact]
    public async Task A_stop_that_cannot_be_saved_is_journalled_and_lasts()
    {
        using (engine.Lock("state.db"))
        {
            var failure = await Record.ExceptionAsync(async () => await Policies.Stop("no storage"));
            Assert.NotNull(failure);
        }
        var (type, change) = await LastChange();
        Assert.Equal((RecordType.Stop, "no storage"), (type, change.Reason));

        await engine.Restart();

        Assert.True((await Policies.Current()).IsStopped);
        await Policies.Resume("test");
    }

    [Fact]
    public async Task What_no_policy_can_be_is_refused_before_it_is_journalled()
    {
        var current = await Policies.Current();
        var next = current with { Version = current.Version + 1 };
        var end = await engine.Log.End(Control);

        await Refused(next with { TipMax = new Lamports(-1) }, "TipMax");
        await Refused(next with { QuarantinedPools = Pools(Policy.QuarantinedPoolsMax + 1) }, "QuarantinedPools");
        await Refused(next with { IsStopped = true }, "IsStopped");
        Assert.Equal(end, await engine.Log.End(Control));

        var stopped = await Policies.Stop("test");
        await Refused(stopped with { Version = stopped.Version + 1, IsStopped = false }, "IsStopped");
        await engine.Restart();
        Assert.True((await Policies.Current()).IsStopped);
        await Policies.Resume("test");
    }

    [Fact]
    public async Task A_quarantine_up_to_the_bound_is_taken_and_a_stop_after_it_is_read_back()
    {
        var current = await Policies.Current();
        var pools = Pools(Policy.QuarantinedPoolsMax);
        await Policies.Change(current with { Version = current.Version + 1, QuarantinedPools = pools }, "all but one");
        await Policies.Stop("test");
        var (_, change) = await LastChange();
        Assert.True(Policy.Decode(change.PolicyBytes.Span)!.IsStopped);
        var resumed = await Policies.Resume("test");
        await Policies.Change(resumed with { Version = resumed.Version + 1, QuarantinedPools = [] }, "test");
    }

    private async Task Refused(Policy policy, string field)
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(async () => await Policies.Change(policy, "test"));
        Assert.Contains(field, failure.Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<PoolId> Pools(int count) =>
    [
        .. Enumerable.Range(0, count)
            .Select(number => new PoolId(new Pubkey(Digest.Of(BitConverter.GetBytes(number)).ToArray()))).Order(),
    ];
}
