using Mev.Control.Records;
using Mev.Control.Starts;

namespace Mev.Control.Commands;

/// <summary>The commands that begin a cluster: one admin of the trust root proposes, another approves.</summary>
internal static class GenesisJudge
{
    public static Judgement Judge(
        ControlState state, VerifiedCommand command, CommandBody body, long nowMs, bool isDevelopment)
    {
        if (state.Start is not { } start)
            return CommandJudge.Refused(state, body.Name, CommandRefusal.Sealed, "there is no trust root");
        var members = new CommandMembers(body.Members);
        return body.Name == "genesis.propose"
            ? Propose(state, start, command, members, nowMs)
            : Approve(state, start with { IsDevelopment = isDevelopment }, command, members, nowMs);
    }

    private static Judgement Propose(
        ControlState state, SealedStart start, VerifiedCommand command, CommandMembers members, long nowMs)
    {
        members.Only("op", "initial_b64");
        var initial = members.Bytes("initial_b64");
        var problem = members.Problem;
        if (problem is null) InitialSetup.Read(initial, nowMs, out problem);
        if (problem is not null) return Invalid(state, "genesis.propose", problem);
        return start.Propose(command.Key.PublicKey.Id, initial, nowMs, out var refusal) is { } proposed
            ? new Judgement
            {
                Next = state with { Start = proposed },
                Name = "genesis.propose",
                Reason = command.Key.Principal.Name,
            }
            : Refused(state, "genesis.propose", refusal);
    }

    private static Judgement Approve(
        ControlState state, SealedStart start, VerifiedCommand command, CommandMembers members, long nowMs)
    {
        members.Only("op", "initial_sha256");
        var hash = members.Hash("initial_sha256");
        if (members.Problem is { } problem) return Invalid(state, "genesis.approve", problem);
        if (start.Approve(command.Key.PublicKey.Id, hash, nowMs, out var refusal) is not { Begun: { } record } begun)
            return Refused(state, "genesis.approve", refusal);
        if (InitialSetup.Read(record.Initial, nowMs, out var late) is not { } setup)
            return Invalid(state, "genesis.approve", late ?? "");
        return new Judgement
        {
            Next = state with { Start = begun, Keys = setup.Keys },
            Name = "genesis.approve",
            Reason = $"genesis by {start.Root.Admins[record.ProposedBy]} and {start.Root.Admins[record.ApprovedBy]}",
            Changes = setup.Changes,
            Begun = record,
            // A stop before the beginning goes on, with the limits that two persons signed.
            Effect = new CommandEffect.PolicyChange(setup.Policy with
            {
                Version = state.Policy.Version + 1,
                IsStopped = state.Policy.IsStopped,
            }),
        };
    }

    private static Judgement Invalid(ControlState state, string name, string problem) =>
        CommandJudge.Refused(state, name, CommandRefusal.CommandInvalid, problem);

    private static Judgement Refused(ControlState state, string name, CommandRefusal? refusal) =>
        CommandJudge.Refused(
            state, name, refusal ?? CommandRefusal.CommandInvalid,
            "two admins of the trust root, two persons, sign the same bytes within 15 minutes, once");
}
