using Mev.Control.Keys;
using Mev.Control.Proposals;
using Mev.Control.Records;
using Mev.Domain.Chain;

namespace Mev.Control.Commands;

/// <summary>
/// The commands of two persons. An approval is the execution: roles, keys and policy are asked as of its record, which
/// is the only moment there is.
/// </summary>
internal static class ProposalJudge
{
    public static Judgement Judge(
        ControlState state, VerifiedCommand command, CommandBody body, Signatory by, long nowMs)
    {
        var members = new CommandMembers(body.Members);
        if (body.Name == "proposal.create") return Create(state, command, members, by, nowMs);
        if (body.Name == "proposal.approve") members.Only("op", "proposal", "command_sha256", "reason");
        else members.Only("op", "proposal", "reason");
        var id = members.Id("proposal");
        var hash = body.Name == "proposal.approve" ? members.Hash("command_sha256") : default;
        if (members.Problem is { } problem)
            return CommandJudge.Refused(state, body.Name, CommandRefusal.CommandInvalid, problem);
        if (!state.Proposals.TryGetValue(id, out var recorded))
            return CommandJudge.Refused(state, body.Name, CommandRefusal.ProposalState, $"there is no proposal {id}");
        if (body.Name == "proposal.approve") return Approve(state, recorded, hash, by, nowMs);
        var ended = body.Name == "proposal.refuse"
            ? recorded.Proposal.Refuse(by, out var refusal)
            : recorded.Proposal.Withdraw(by, out refusal);
        return ended is null
            ? Refused(state, body.Name, recorded, refusal, by)
            : Changed(state, body.Name, recorded with { Proposal = ended }, nowMs) with { Reason = by.Principal.Name };
    }

    private static Judgement Create(
        ControlState state, VerifiedCommand command, CommandMembers members, Signatory by, long nowMs)
    {
        const string Name = "proposal.create";
        members.Only("op", "command_b64");
        var bytes = members.Bytes("command_b64");
        var proposed = members.Problem is null ? CommandBody.Read(bytes, CommandEndpoints.Commands) : null;
        if (proposed is null)
        {
            return CommandJudge.Refused(
                state, Name, CommandRefusal.CommandInvalid,
                members.Problem ?? "'command_b64' must be the bytes of a command of /v1/commands");
        }
        if (IsFull(state, by.Principal, nowMs))
        {
            return CommandJudge.Refused(
                state, Name, CommandRefusal.RateLimited,
                $"{by.Principal} has {ControlState.ProposalsOfPrincipalMax} open proposals, or there are "
                + $"{ControlState.ProposalsMax} of all: withdraw some, or wait the 15 minutes that they live");
        }
        var proposal = Proposal.Create(
            command.CommandId, by, proposed, bytes, state.Policy.Hash, nowMs, out var refusal);
        if (proposal is null)
        {
            return CommandJudge.Refused(
                state, Name, refusal ?? CommandRefusal.RoleDenied,
                CommandJudge.Words(refusal ?? CommandRefusal.RoleDenied, by, proposed.Class));
        }
        if (Effects(state, proposed, nowMs, out _, out _) is { } problem)
            return CommandJudge.Refused(state, Name, CommandRefusal.CommandInvalid, problem);
        var reason = CommandJudge.ReasonOf(by.Principal.Name, proposed);
        var recorded = new RecordedProposal(proposal, command.Envelope, reason);
        return Changed(state, Name, recorded, nowMs) with { Reason = reason };
    }

    private static Judgement Approve(
        ControlState state, RecordedProposal recorded, Digest hash, Signatory by, long nowMs)
    {
        const string Name = "proposal.approve";
        var policy = state.Policy.Hash;
        if (recorded.Proposal.Approve(by, hash, policy, nowMs, out var refusal) is not { } approved)
            return Refused(state, Name, recorded, refusal, by);
        var executed = approved.Execute(state.Keys, policy, nowMs, out refusal);
        if (executed is null
            || CommandBody.Read(approved.Command, CommandEndpoints.Commands) is not { } body)
        {
            return Refused(state, Name, recorded, refusal, by);
        }
        if (Effects(state, body, nowMs, out var effect, out var change) is { } problem)
            return CommandJudge.Refused(state, Name, CommandRefusal.CommandInvalid, problem);
        var changed = Changed(state, Name, recorded with { Proposal = executed }, nowMs);
        return changed with
        {
            Next = change is null ? changed.Next : changed.Next with { Keys = state.Keys.Apply(change) ?? state.Keys },
            Effect = effect,
            Changes = change is null ? [] : [change],
            ProposalEnvelope = recorded.Envelope,
            Reason = CommandJudge.ReasonOf($"{approved.Proposer.Principal} and {by.Principal}", body),
        };
    }

    /// <summary>What a command of two persons does, or why it does nothing.</summary>
    private static string? Effects(
        ControlState state, CommandBody body, long nowMs, out CommandEffect? effect, out KeyEvent? change)
    {
        (effect, change) = (null, null);
        string? problem;
        if (!KeyCommands.IsOne(body.Name))
        {
            effect = EffectReader.Read(body, state.Policy, out problem);
            return problem;
        }
        var members = new CommandMembers(body.Members);
        change = KeyCommands.Read(body.Name, members, nowMs);
        problem = members.Problem;
        return problem is not null ? problem
            : change is null || state.Keys.Apply(change) is null ? "the rules of the registry refuse it"
            : null;
    }

    private static bool IsFull(ControlState state, PrincipalId by, long nowMs)
    {
        var (open, own) = (0, 0);
        foreach (var recorded in state.Proposals.Values)
        {
            if (!recorded.Proposal.IsOpen(nowMs)) continue;
            open++;
            if (recorded.Proposal.Proposer.Principal == by) own++;
        }
        return open >= ControlState.ProposalsMax || own >= ControlState.ProposalsOfPrincipalMax;
    }

    private static Judgement Changed(ControlState state, string name, RecordedProposal recorded, long nowMs)
    {
        var proposals = state.Proposals;
        if (proposals.Count >= ControlState.ProposalsMax
            && proposals.Values.Where(each => !each.Proposal.IsOpen(nowMs))
                .MinBy(each => each.Proposal.CreatedMs) is { } oldest)
        {
            proposals = proposals.Remove(oldest.Proposal.Id);
        }
        return new Judgement
        {
            Next = state with { Proposals = proposals.SetItem(recorded.Proposal.Id, recorded) },
            Name = name,
            Proposal = recorded.Proposal,
        };
    }

    private static Judgement Refused(
        ControlState state, string name, RecordedProposal recorded, CommandRefusal? refusal, Signatory by)
    {
        var why = refusal ?? CommandRefusal.ProposalState;
        var proposal = recorded.Proposal;
        var words = why == CommandRefusal.ProposalState
            ? proposal.Status == ProposalStatus.Open
                ? "the policy changed since it was proposed: propose it anew"
                : $"the proposal is {proposal.Status}"
            : why == CommandRefusal.ProposalExpired ? "its 15 minutes are over: propose it anew"
            : why == CommandRefusal.TwoPersonRequired ? $"{by.Principal} proposed it: another person approves"
            : why == CommandRefusal.CommandInvalid ? "the signed hash is not that of the proposed bytes"
            : CommandJudge.Words(why, by, proposal.Class);
        return CommandJudge.Refused(state, name, why, words);
    }
}
