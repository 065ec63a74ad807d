using Mev.Contracts.V1;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Limits;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Limits;

/// <summary>Holds the policy; a change is journalled, saved and put in force in that order, then answered.</summary>
[GrainType("policy")]
internal sealed class PolicyGrain(
    [PersistentState("policy")] IPersistentState<PolicyGrainState> state, AuditWriter audit, PolicyInForce inForce)
    : Grain, IPolicyGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        inForce.Adopt(state.State.Policy);
        return Task.CompletedTask;
    }

    public ValueTask<Policy> Current() => ValueTask.FromResult(state.State.Policy);

    public async ValueTask<Policy> Change(Policy policy, string reason)
    {
        if (policy.Version != state.State.Policy.Version + 1) return state.State.Policy;
        await Journal(policy, reason, RecordType.PolicyChange);
        state.State = new PolicyGrainState { Policy = policy };
        await state.WriteStateAsync();
        inForce.Adopt(policy);
        return policy;
    }

    /// <summary>A stop holds in memory from its first instruction on: a journal that is away cannot delay it.</summary>
    public async ValueTask<Policy> Stop(string reason)
    {
        var stopped = Next() with { IsStopped = true };
        state.State = new PolicyGrainState { Policy = stopped };
        inForce.Adopt(stopped);
        await state.WriteStateAsync();
        await Journal(stopped, reason, RecordType.Stop);
        return stopped;
    }

    public async ValueTask<Policy> Resume(string reason)
    {
        var resumed = Next() with { IsStopped = false };
        await Journal(resumed, reason, RecordType.Stop);
        state.State = new PolicyGrainState { Policy = resumed };
        await state.WriteStateAsync();
        inForce.Adopt(resumed);
        return resumed;
    }

    private Policy Next() => state.State.Policy with { Version = state.State.Policy.Version + 1 };

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
            AuditWriter.ControlPartition,
            [new AuditEntry(type, policy.Hash, new AuditRecord { PolicyChange = record })]);
    }
}
