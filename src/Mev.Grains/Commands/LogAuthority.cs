using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Commands;
using Mev.Journal;

namespace Mev.Grains.Commands;

/// <summary>
/// Authority by the log: an order counts when the log has exactly these signed bytes, and folding it verified and
/// permitted them. So nothing is carried out that is not durable, and nothing twice.
/// </summary>
internal sealed class LogAuthority(ControlLog log, CommandVerifier verifier, TimeProvider time) : ICommandAuthority
{
    private static readonly TimeSpan StopReadMax = TimeSpan.FromMilliseconds(200);

    public async ValueTask<AuthorisedCommand> Authorise(CommandOrder order)
    {
        var state = await log.CatchUp();
        var command = order.Command.ToCommand();
        var taken = Find(state, command) ?? throw new CommandRefusedException(
            CommandRefusal.CommandInvalid, "the log has no command of these signed bytes that waits to be carried out");
        if (taken.Refusal is { } refusal) throw new CommandRefusedException(refusal, taken.Detail);
        if (taken.Effect is not { } effect)
            throw new CommandRefusedException(CommandRefusal.CommandInvalid, $"'{taken.Name}' has no owner");
        var isSame = order.Proposal is null ? taken.ProposalEnvelope is null
            : order.Proposal.ToCommand().IsSame(taken.ProposalEnvelope);
        if (!isSame)
        {
            throw new CommandRefusedException(
                CommandRefusal.SignatureInvalid, "the proposal is not the one that the log has to this approval");
        }
        return new AuthorisedCommand(
            taken.Entry.CommandId, effect, taken.Reason, taken.IsDone, taken.Proposal?.CreatedMs, taken.Offset);
    }

    public async ValueTask<Policy> RecordedPolicy() => (await log.CatchUp()).Policy;

    public async ValueTask<AuthorisedCommand> AuthoriseStop(SignedEnvelope command)
    {
        var state = await KnownState();
        var (now, signed) = (time.GetUtcNow(), command.ToCommand());
        var verdict = verifier.Verify(signed, state, now, CommandVerifier.Grace);
        if (verdict.Command is not { } verified)
        {
            throw new CommandRefusedException(
                verdict.Refusal ?? CommandRefusal.SignatureInvalid, "the signature of the stop does not hold");
        }
        var judgement = CommandJudge.JudgeStop(
            state, verified, now.ToUnixTimeMilliseconds(), log.Terms.IsDevelopmentRoot);
        return judgement is { Refusal: null, Effect: CommandEffect.Stop stop }
            ? new AuthorisedCommand(verified.CommandId, stop, judgement.Reason, IsDone: false)
            : throw new CommandRefusedException(
                judgement.Refusal ?? CommandRefusal.CommandInvalid,
                judgement.Refusal is null ? "it is no stop" : judgement.Detail);
    }

    /// <summary>The command that waits with these bytes.</summary>
    internal static TakenCommand? Find(ControlState state, SignedCommand command) =>
        state.Commands.TryGetValue(CommandVerifier.IdOf(command) ?? Guid.Empty, out var taken)
        && command.IsSame(taken.Envelope)
            ? taken
            : null;

    private async ValueTask<ControlState> KnownState()
    {
        try
        {
            return await log.CatchUp().AsTask().WaitAsync(StopReadMax, time);
        }
        catch (Exception failure) when (failure is TimeoutException or JournalUnavailableException)
        {
            return log.Current; // a stop waits for no journal
        }
    }
}
