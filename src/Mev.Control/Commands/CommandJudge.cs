using System.Collections.Immutable;
using Mev.Control.Keys;
using Mev.Control.Policies;
using Mev.Control.Records;
using Mev.Control.Sessions;

namespace Mev.Control.Commands;

/// <summary>
/// Whether a verified command may do what it says, as of a state and a moment: asked by the gateway's grain before a
/// command is recorded, and by everybody who folds its record. A pure function of them.
/// </summary>
public static class CommandJudge
{
    /// <summary>The judgement.</summary>
    /// <param name="state">Everything before it.</param>
    /// <param name="command">Verified.</param>
    /// <param name="nowMs">Unix milliseconds.</param>
    /// <param name="isDevelopment">It is taken under a trust root of development keys.</param>
    public static Judgement Judge(ControlState state, VerifiedCommand command, long nowMs, bool isDevelopment)
    {
        state = state.Pruned(command.Key.Principal, nowMs);
        if (state.Start is null || state.Start.Check(command.Path) is not null)
        {
            return Refused(
                state, "", CommandRefusal.Sealed, "the cluster was not begun: two admins of its trust root begin it");
        }
        if (CommandBody.Read(command.Envelope.Body, command.Path) is not { } body)
        {
            return Refused(
                state, "", CommandRefusal.CommandInvalid,
                "the body must be a JSON object whose 'op' is a command of this endpoint");
        }
        if (state.Commands.Count >= ControlState.CommandsMax)
        {
            return Refused(
                state, body.Name, CommandRefusal.AuditUnavailable,
                $"the ledger holds {ControlState.CommandsMax} commands of the last 30 days and takes no more");
        }
        if (!state.HasPlace(command.Key.Principal))
        {
            return Refused(
                state, body.Name, CommandRefusal.RateLimited,
                $"the ledger holds {ControlState.CommandsOfPrincipalMax} commands of {command.Key.Principal.Name} of "
                + "the last 30 days and takes no more of them");
        }
        return body.Class switch
        {
            CommandClass.Genesis => GenesisJudge.Judge(state, command, body, nowMs, isDevelopment),
            CommandClass.Possession => Confirm(state, command, body, nowMs),
            CommandClass.TwoPersons when By(state, command, nowMs) is { } by =>
                ProposalJudge.Judge(state, command, body, by, nowMs),
            CommandClass.OwnSession when By(state, command, nowMs) is { } by => Grant(state, body, by, nowMs),
            _ when By(state, command, nowMs) is { } by => Alone(state, body, by),
            _ => Refused(
                state, body.Name, CommandRefusal.KeyInactive,
                "the key has no role: one that was added signs key.confirm first"),
        };
    }

    /// <summary>
    /// The same of a stop on its way past the ledger: a full one keeps no stop out, which is one however often it is
    /// said.
    /// </summary>
    public static Judgement JudgeStop(
        ControlState state, VerifiedCommand command, long nowMs, bool isDevelopment) =>
        Judge(state.WithLedger(ImmutableDictionary<Guid, TakenCommand>.Empty), command, nowMs, isDevelopment);

    /// <summary>Who executes, or proposes; also why, as their bodies say it.</summary>
    internal static string ReasonOf(string persons, CommandBody body)
    {
        var reason = new CommandMembers(body.Members).Reason();
        return reason.Length == 0 ? persons : $"{persons}: {reason}";
    }

    internal static Judgement Refused(ControlState state, string name, CommandRefusal refusal, string detail) =>
        new() { Next = state, Name = name, Refusal = refusal, Detail = detail };

    private static Signatory? By(ControlState state, VerifiedCommand command, long nowMs) =>
        state.KeysFor(command.Path, nowMs).SignatoryOf(command.Key.PublicKey.Id, nowMs);

    private static Judgement Alone(ControlState state, CommandBody body, Signatory by)
    {
        var effect = EffectReader.Read(body, state.Policy, out var problem);
        var @class = effect is CommandEffect.PolicyChange change && body.Class == CommandClass.Tightening
            ? PolicyChanges.ClassOf(PolicyChanges.Between(state.Policy, change.Next)) // its direction, not its name
            : body.Class;
        if (CommandAccess.Execute(@class, by) is { } denied)
            return Refused(state, body.Name, denied, Words(denied, by, @class));
        return problem is null
            ? new Judgement
            {
                Next = state,
                Name = body.Name,
                Effect = effect,
                Reason = ReasonOf(by.Principal.Name, body),
            }
            : Refused(state, body.Name, CommandRefusal.CommandInvalid, problem);
    }

    private static Judgement Grant(ControlState state, CommandBody body, Signatory by, long nowMs)
    {
        if (CommandAccess.Execute(body.Class, by) is { } denied)
            return Refused(state, body.Name, denied, Words(denied, by, body.Class));
        var members = new CommandMembers(body.Members);
        var changes = SessionGrant.Read(members, by, nowMs);
        if (members.Problem is { } problem) return Refused(state, body.Name, CommandRefusal.CommandInvalid, problem);
        var keys = changes.Aggregate((KeyRegistry?)state.Keys, (registry, change) => registry?.Apply(change));
        return keys is not null
            ? new Judgement
            {
                Next = state with { Keys = keys },
                Name = body.Name,
                Changes = changes,
                Reason = by.Principal.Name,
            }
            : Refused(
                state, body.Name, CommandRefusal.CommandInvalid,
                "the key was registered before, or its session would be longer than 8 hours");
    }

    private static Judgement Confirm(ControlState state, VerifiedCommand command, CommandBody body, long nowMs)
    {
        var members = new CommandMembers(body.Members);
        members.Only("op", "reason");
        var change = new KeyEvent.KeyConfirmed(command.Key.PublicKey.Id, nowMs);
        if (members.Problem is { } problem) return Refused(state, body.Name, CommandRefusal.CommandInvalid, problem);
        return state.IsBegun && state.Keys.Apply(change) is { } keys
            ? new Judgement
            {
                Next = state with { Keys = keys },
                Name = body.Name,
                Changes = [change],
                Reason = command.Key.Principal.Name,
            }
            : Refused(state, body.Name, CommandRefusal.CommandInvalid, "the key does not wait to be confirmed");
    }

    internal static string Words(CommandRefusal refusal, Signatory by, CommandClass @class) =>
        refusal == CommandRefusal.TwoPersonRequired
            ? $"this is {@class}: it takes two persons; sign proposal.create with it"
            : refusal == CommandRefusal.SessionKeyInsufficient ? $"this is {@class}: sign it with the long-term key"
            : $"{by.Principal} has the roles {by.Roles}, and they do not allow it ({@class})";
}
