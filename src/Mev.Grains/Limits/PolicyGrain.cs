using Mev.Contracts.V1;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Limits;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Limits;

/// <summary>
/// Holds the policy; a change is journalled, saved and put in force in that order, then answered. One that was
/// journalled and, killed in between, not saved is put in force by the next activation.
/// </summary>
[GrainType("policy")]
internal sealed class PolicyGrain(
    [PersistentState("policy")] IPersistentState<PolicyGrainState> state,
    IPartitionedLog log,
    AuditWriter audit,
    PolicyInForce inForce)
    : Grain, IPolicyGrain
{
    // Commands and policy changes, whatever the strategy.
    private static readonly LogPartition Control = new(LogTopics.Audit, AuditWriter.ControlPartition);

    private ulong _journalling; // the version of a change on its way into the journal
    private Task _saved = Task.CompletedTask;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        inForce.Adopt(state.State.Policy); // a stop that was saved holds, whether the journal can be read or not
        try
        {
            await CatchUp(cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            DeactivateOnIdle(); // the next call tries again
        }
        inForce.Adopt(state.State.Policy);
    }

    public ValueTask<Policy> Current() => ValueTask.FromResult(state.State.Policy);

    public async ValueTask<Policy> Change(Policy policy, string reason) =>
        policy.Version == state.State.Policy.Version + 1
            ? await PutInForce(policy, reason, RecordType.PolicyChange)
            : state.State.Policy;

    /// <summary>
    /// Holds in memory from its first instruction on, which waits for no other call. Journal and storage are asked side
    /// by side: either alone brings the stop back after a restart.
    /// </summary>
    public async ValueTask<Policy> Stop(string reason)
    {
        var version = Math.Max(_journalling, state.State.Policy.Version) + 1;
        var stopped = state.State.Policy with { Version = version, IsStopped = true };
        state.State = state.State with { Policy = stopped };
        inForce.Adopt(stopped);
        await Task.WhenAll(Save(), Journal(stopped, reason, RecordType.Stop));
        return stopped;
    }

    public ValueTask<Policy> Resume(string reason)
    {
        var policy = state.State.Policy;
        return PutInForce(policy with { Version = policy.Version + 1, IsStopped = false }, reason, RecordType.Stop);
    }

    /// <summary>Journalled, then saved and in force, unless a stop came in between: then it is void.</summary>
    private async ValueTask<Policy> PutInForce(Policy policy, string reason, RecordType type)
    {
        _journalling = policy.Version;
        try
        {
            await Journal(policy, reason, type);
        }
        catch (JournalUnavailableException)
        {
            DeactivateOnIdle(); // it may become durable all the same: the next activation looks
            throw;
        }
        if (policy.Version > state.State.Policy.Version)
        {
            state.State = state.State with { Policy = policy };
            inForce.Adopt(policy); // it is journalled, so it binds, whether it can be saved or not
            await Save();
        }
        return state.State.Policy;
    }

    /// <summary>One write at a time, each of what is in force by then.</summary>
    private Task Save() => _saved = SaveAfter(_saved);

    private async Task SaveAfter(Task earlier)
    {
        const ConfigureAwaitOptions whateverCameOfIt =
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;
        await earlier.ConfigureAwait(whateverCameOfIt);
        await state.WriteStateAsync();
    }

    private async Task CatchUp(CancellationToken cancellationToken)
    {
        var (policy, next) = (state.State.Policy, state.State.NextOffset);
        await foreach (var record in log.ReadAll(Control, next, cancellationToken))
        {
            if (NotOlder(record, policy.Version) is { } newer) policy = newer;
            next = record.Offset + 1;
        }
        // Saved with the next change, not here: a storage that is away must not keep a stop from being taken.
        state.State = new PolicyGrainState { Policy = policy, NextOffset = next };
    }

    /// <summary>Of two records of one version, of which one failed for its caller, the later is in force.</summary>
    private Policy? NotOlder(LogRecord record, ulong version)
    {
        if (record.Entry.Type is not (RecordType.PolicyChange or RecordType.Stop)) return null;
        var change = AuditRecords.Read(record)?.PolicyChange;
        return change?.Policy == this.GetPrimaryKeyString() && change.Version >= version
            ? Policy.Decode(change.PolicyBytes.Span)
            : null;
    }

    private async Task Journal(Policy policy, string reason, RecordType type)
    {
        var record = new PolicyChange
        {
            Policy = this.GetPrimaryKeyString(),
            Version = policy.Version,
            PolicyHash = Google.Protobuf.ByteString.CopyFrom(policy.Hash.ToArray()),
            PolicyBytes = Google.Protobuf.ByteString.CopyFrom(policy.Encode()),
            Reason = reason,
        };
        await audit.Append(
            Control.Partition, [new AuditEntry(type, policy.Hash, new AuditRecord { PolicyChange = record })]);
    }
}
