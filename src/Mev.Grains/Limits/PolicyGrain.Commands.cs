using Mev.Control.Commands;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Commands;
using Mev.Journal;

namespace Mev.Grains.Limits;

/// <content>What operators change, each command once: its effect's record carries its id.</content>
internal sealed partial class PolicyGrain
{
    public async ValueTask<EffectAnswer> Execute(CommandOrder order)
    {
        await CatchUp(); // before the log is asked what it has, so what is known here is known there
        try
        {
            return await Execute(await commands.Authorise(order));
        }
        catch (CommandRefusedException refused)
        {
            return refused.ToAnswer(state.State.Policy.Version);
        }
    }

    public async ValueTask<EffectAnswer> Stop(SignedEnvelope command)
    {
        try
        {
            var stop = await commands.AuthoriseStop(command);
            var policy = await Stop(stop.Reason, stop.CommandId);
            return policy.IsStopped
                ? Done(policy)
                : throw new CommandRefusedException(CommandRefusal.OwnerUnavailable, "a resume came: stop again");
        }
        catch (CommandRefusedException refused)
        {
            return refused.ToAnswer(state.State.Policy.Version);
        }
    }

    private async ValueTask<EffectAnswer> Execute(AuthorisedCommand command)
    {
        if (command.IsDone) return Done(state.State.Policy);
        var recorded = await commands.RecordedPolicy();
        // What the log has of the version in force is what its signers saw, and what it takes the next one after.
        var current = recorded.Version == state.State.Policy.Version ? recorded : state.State.Policy;
        var next = command.Effect switch
        {
            CommandEffect.PolicyChange change => change.Next,
            CommandEffect.Resume resume => current with
            {
                Version = resume.Version,
                IsStopped = false,
                // What was lost before it was proposed is understood; of what came later its signers had not seen all.
                ResumedMs = command.ProposedMs ?? time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            _ => throw CommandRefusedException.Stranger(command),
        };
        var isResume = command.Effect is CommandEffect.Resume;
        if (next.Version != current.Version + 1)
        {
            throw new CommandRefusedException(
                CommandRefusal.VersionConflict,
                $"the policy in force is {current.Version} by now: look, and sign anew");
        }
        var refusal = next.IsStopped != current.IsStopped && !isResume
            ? $"IsStopped is {next.IsStopped}; allowed is {current.IsStopped}: only a stop or a resume changes it"
            : next.Refusal();
        if (refusal is not null)
        {
            throw new CommandRefusedException(
                CommandRefusal.CommandInvalid, $"policy version {next.Version} is refused: {refusal}");
        }
        var type = isResume ? RecordType.Stop : RecordType.PolicyChange;
        var inForceNow = await PutInForce(next, command.Reason, type, command.CommandId);
        return inForceNow.Hash == next.Hash
            ? Done(inForceNow)
            : throw new CommandRefusedException(
                CommandRefusal.VersionConflict, "a stop came in between: what was asked for is void");
    }

    private static EffectAnswer Done(Policy policy) => new() { Version = policy.Version };
}
