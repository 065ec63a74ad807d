using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Limits;
using Mev.Grains.Tests.Bundles;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Mev.Grains.Tests.Limits;

/// <summary>A policy grain that begins without a readable journal: nothing is permitted, and a stop holds.</summary>
public sealed class PolicyJournalTests : IAsyncLifetime
{
    private static readonly LogPartition Control = new(LogTopics.Audit, AuditWriter.ControlPartition);

    private readonly Engine _engine;
    private bool _isUnreadable;
    private UnreadableLog _log = null!;
    private RefusingLog _refusing = null!;

    public PolicyJournalTests() => _engine = new Engine
    {
        Services = services => services.AddSingleton<IPartitionedLog>(provider =>
            _log = new UnreadableLog(_refusing = new RefusingLog(provider.GetRequiredService<SqliteLog>()))
            {
                IsUnreadable = _isUnreadable,
            }),
    };

    private IPolicyGrain Policies => _engine.Service<IGrainFactory>().GetGrain<IPolicyGrain>(PolicyKeys.Global);

    private PolicyInForce InForce => _engine.Service<PolicyInForce>();

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Nothing_is_permitted_before_the_journal_was_read_and_then_what_it_says()
    {
        var id = Intents.NewId();
        var intent = await Intents.Append(_engine.Audit, id, "arb-1", [1]);
        var wanted = await Journalled(minimumProfit: 4_711);
        await RestartUnreadable();

        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Policies.Current());
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Policies.Resume("too early"));
        var bundle = _engine.Grains.GetGrain<IBundleGrain>(id.ToString());
        await Assert.ThrowsAnyAsync<Exception>(async () => await bundle.Send(intent));
        Assert.Empty(_engine.Sender.Submissions);

        _log.IsUnreadable = false;
        Assert.Equal(wanted.Hash, (await Policies.Current()).Hash);
        Assert.Equal(wanted.Hash, InForce.Current.Hash);
    }

    [Fact]
    public async Task A_stop_holds_at_once_and_is_told_to_the_journal_when_it_can_be_read()
    {
        var wanted = await Journalled(minimumProfit: 4_712);
        await RestartUnreadable();

        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Policies.Stop("odd fills"));
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Policies.Stop("still odd"));
        Assert.True(InForce.Current.IsStopped);
        Assert.True((await Policies.Current()).IsStopped);

        _log.IsUnreadable = false;
        var stopped = await Policies.Current();
        Assert.Equal((wanted with { Version = wanted.Version + 1, IsStopped = true }).Hash, stopped.Hash);
        Assert.Equal((RecordType.Stop, "still odd", stopped.Hash), await LastChange());
        Assert.True(InForce.Current.IsStopped);

        _isUnreadable = false;
        await _engine.Restart();
        Assert.Equal(stopped.Hash, (await Policies.Current()).Hash);
        Assert.False((await Policies.Resume("understood")).IsStopped);
        Assert.False(InForce.Current.IsStopped);
    }

    [Fact]
    public async Task A_stop_that_only_the_storage_has_is_told_to_the_journal_by_the_next_start()
    {
        var wanted = await Journalled(minimumProfit: 4_713);
        await RestartUnreadable();
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Policies.Stop("odd fills"));
        _isUnreadable = false;

        await _engine.Restart();

        var stopped = await Policies.Current();
        Assert.Equal((wanted with { Version = wanted.Version + 1, IsStopped = true }).Hash, stopped.Hash);
        Assert.Equal((RecordType.Stop, "odd fills", stopped.Hash), await LastChange());
    }

    /// <summary>What is saved still says that the first stop may be untold: the second one is another stop.</summary>
    [Fact]
    public async Task A_stop_after_a_resume_that_only_the_journal_has_is_not_taken_for_the_one_before()
    {
        await Policies.Stop("odd fills");
        using (_engine.Lock("state.db"))
            await Assert.ThrowsAnyAsync<Exception>(async () => await Policies.Resume("understood"));
        Assert.False((await Policies.Current()).IsStopped);
        await RestartUnreadable();

        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Policies.Stop("odd again"));
        _log.IsUnreadable = false;

        Assert.True((await Policies.Current()).IsStopped);
        Assert.True(InForce.Current.IsStopped);
        var (type, reason, _) = await LastChange();
        Assert.Equal((RecordType.Stop, "odd again"), (type, reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stop_that_the_journal_refused_is_told_to_it_by_the_next_call_or_the_next_start(bool isRestarted)
    {
        var before = await Policies.Current();
        _refusing.Refused = RecordType.Stop;
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Policies.Stop("odd fills"));
        Assert.True((await Policies.Current()).IsStopped);
        _refusing.Refused = RecordType.Unknown;

        if (isRestarted) await _engine.Restart();

        var stopped = await Policies.Current();
        Assert.Equal((before with { Version = before.Version + 1, IsStopped = true }).Hash, stopped.Hash);
        Assert.Equal((RecordType.Stop, "odd fills", stopped.Hash), await LastChange());
        await Policies.Resume("understood");
        await _engine.Restart();
        Assert.False((await Policies.Current()).IsStopped); // the stop was told: it is not told again
    }

    [Fact]
    public async Task A_stop_that_neither_journal_nor_storage_has_outlives_the_activation()
    {
        await RestartUnreadable();
        using (_engine.Lock("state.db"))
            await Assert.ThrowsAnyAsync<Exception>(async () => await Policies.Stop("odd fills"));
        await Policies.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        Assert.True((await Policies.Current()).IsStopped);

        _log.IsUnreadable = false;

        var stopped = await Policies.Current();
        Assert.True(stopped.IsStopped);
        var (type, _, hash) = await LastChange();
        Assert.Equal((RecordType.Stop, stopped.Hash), (type, hash));
    }

    /// <summary>As the breaker does: it asks again until the stop is saved.</summary>
    [Fact]
    public async Task A_stop_that_is_asked_for_again_while_the_storage_is_away_is_one_stop()
    {
        var before = await Policies.Current();
        using (_engine.Lock("state.db"))
        {
            for (var i = 0; i < 3; i++)
                await Assert.ThrowsAnyAsync<Exception>(async () => await Policies.Stop("odd fills"));
        }
        await Signing.SignedEngine.Until(IsSaved);
        var stopped = await Policies.Current();
        Assert.Equal((before.Version + 1, true), (stopped.Version, stopped.IsStopped));
        var stops = (await _log.Read(Control, 0, 1_000)).Count(record => record.Entry.Type == RecordType.Stop);
        Assert.Equal(1, stops);
        await Policies.Resume("understood");
        Assert.Equal(before.Version + 3, (await Policies.Stop("odd again")).Version); // after a resume it is another
    }

    private async Task<bool> IsSaved()
    {
        try
        {
            return (await Policies.Stop("odd fills")).IsStopped;
        }
        catch (Exception failure) when (failure is OrleansException or SqliteUnavailableException)
        {
            return false;
        }
    }

    /// <summary>A change that no state has.</summary>
    private async Task<Policy> Journalled(long minimumProfit)
    {
        var current = await Policies.Current();
        var wanted = current with { Version = current.Version + 1, MinimumProfit = new Lamports(minimumProfit) };
        var change = new PolicyChange
        {
            Policy = PolicyKeys.Global,
            Version = wanted.Version,
            PolicyHash = Google.Protobuf.ByteString.CopyFrom(wanted.Hash.ToArray()),
            PolicyBytes = Google.Protobuf.ByteString.CopyFrom(wanted.Encode()),
            Reason = "killed before it was saved",
        };
        await _engine.Audit.Append(Control.Partition, [new AuditEntry(
            RecordType.PolicyChange, wanted.Hash, new AuditRecord { PolicyChange = change })]);
        return wanted;
    }

    private async Task RestartUnreadable()
    {
        _isUnreadable = true;
        await _engine.Restart();
        Assert.True(_log.IsUnreadable);
    }

    private async Task<(RecordType Type, string Reason, Digest Hash)> LastChange()
    {
        var record = (await _log.Read(Control, await _log.End(Control) - 1, 1))[0];
        var change = AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span).PolicyChange;
        return (record.Entry.Type, change.Reason, Policy.Decode(change.PolicyBytes.Span)!.Hash);
    }
}
