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
    private const int ReadRecordsMax = 1_024;

    // Commands and policy changes, whatever the strategy.
    private static readonly LogPartition Control = new(LogTopics.Audit, AuditWriter.ControlPartition);

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

    public async ValueTask<Policy> Change(Policy policy, string reason)
    {
        if (policy.Version != state.State.Policy.Version + 1) return state.State.Policy;
        await Journal(policy, reason, RecordType.PolicyChange);
        state.State = state.State with { Policy = policy };
        await state.WriteStateAsync();
        inForce.Adopt(policy);
        return policy;
    }

    /// <summary>A stop holds in memory from its first instruction on: a journal that is away cannot delay it.</summary>
    public async ValueTask<Policy> Stop(string reason)
    {
        var stopped = Next() with { IsStopped = true };
        state.State = state.State with { Policy = stopped };
        inForce.Adopt(stopped);
        await state.WriteStateAsync();
        await Journal(stopped, reason, RecordType.Stop);
        return stopped;
    }

    public async ValueTask<Policy> Resume(string reason)
    {
        var resumed = Next() with { IsStopped = false };
        await Journal(resumed, reason, RecordType.Stop);
        state.State = state.State with { Policy = resumed };
        await state.WriteStateAsync();
        inForce.Adopt(resumed);
        return resumed;
    }

    private Policy Next() => state.State.Policy with { Version = state.State.Policy.Version + 1 };

    private async Task CatchUp(CancellationToken cancellationToken)
    {
        var (policy, next) = (state.State.Policy, state.State.NextOffset);
        while (await log.Read(Control, next, ReadRecordsMax, cancellationToken) is { Count: > 0 } records)
        {
            foreach (var record in records)
                if (Newer(record, policy.Version) is { } newer) policy = newer;
            next = records[^1].Offset + 1;
        }
        // Saved with the next change, not here: a storage that is away must not keep a stop from being taken.
        state.State = new PolicyGrainState { Policy = policy, NextOffset = next };
    }

    private Policy? Newer(LogRecord record, ulong version)
    {
        if (record.Entry.Type is not (RecordType.PolicyChange or RecordType.Stop)) return null;
        var change = AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span).PolicyChange;
        return change?.Policy == this.GetPrimaryKeyString() && change.Version > version
            ? Policy.Decode(change.PolicyBytes.Span)
            : null;
    }

    private async ValueTask Journal(Policy policy, string reason, RecordType type)
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
