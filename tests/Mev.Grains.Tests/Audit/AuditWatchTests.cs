using Mev.Contracts.V1;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Audit;
using Mev.Grains.Limits;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Audit;

/// <summary>No audit, no trade: the stop comes by itself, and its end does not.</summary>
public sealed class AuditWatchTests : IAsyncLifetime
{
    private const string Reason = "partition 1: record 3 of the journal is another one than was signed";
    private static readonly LogPartition Control = new(LogTopics.Audit, AuditWriter.ControlPartition);

    private readonly Engine _engine = new();

    private IPolicyGrain Policies => _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);

    private AuditGate Gate => _engine.Service<AuditGate>();

    private PolicyInForce InForce => _engine.Service<PolicyInForce>();

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_closed_audit_stops_submitting_until_somebody_resumes_also_when_it_has_opened_again()
    {
        Assert.False((await Policies.Current()).IsStopped);
        Gate.Close(1, AuditClosing.History, Reason);
        await Signing.SignedEngine.Until(() => Task.FromResult(InForce.Current.IsStopped));

        Gate.Open(1, AuditClosing.History);
        var stopped = await Policies.Current(); // tells the journal what it could not be told
        await Task.Delay(2 * AuditLag.LookInterval, TimeProvider.System, CancellationToken.None);
        Assert.True(InForce.Current.IsStopped);
        var change = await LastStop();
        Assert.Equal((stopped.Version, $"audit: {Reason}"), (change.Version, change.Reason));

        await _engine.Restart();
        Assert.True((await Policies.Current()).IsStopped);
        Assert.False((await Policies.Resume("understood")).IsStopped);
        await Task.Delay(2 * AuditLag.LookInterval, TimeProvider.System, CancellationToken.None);
        Assert.False((await Policies.Current()).IsStopped);
    }

    [Fact]
    public async Task An_audit_that_was_closed_for_less_than_a_look_stops_too()
    {
        Assert.False((await Policies.Current()).IsStopped);
        Gate.Close(1, AuditClosing.Signing, "no room");
        Gate.Open(1, AuditClosing.Signing);
        Assert.Null(Gate.Reason);

        await Signing.SignedEngine.Until(() => Task.FromResult(InForce.Current.IsStopped));
        await Signing.SignedEngine.Until(() => Task.FromResult(Gate.Unanswered is null));
        Assert.Equal("audit: no room", (await LastStop()).Reason);
    }

    [Fact]
    public async Task A_stop_that_holds_is_not_said_again_however_long_the_audit_is_closed()
    {
        await Policies.Stop("odd fills");
        var version = (await Policies.Current()).Version;
        Gate.Close(1, AuditClosing.Lag, "it lags");
        await Task.Delay(3 * AuditLag.LookInterval, TimeProvider.System, CancellationToken.None);
        Assert.Equal(version, (await Policies.Current()).Version);
    }

    private async Task<PolicyChange> LastStop()
    {
        var records = await _engine.Log.Read(Control, 0, 1_000);
        var last = records.Last(record => record.Entry.Type == RecordType.Stop);
        return AuditRecord.Parser.ParseFrom(last.Entry.Bytes.Span).PolicyChange;
    }
}
