using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Ledger;
using Mev.Control.Records;
using Mev.Domain.Chain;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Learning;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Sessions;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Commands;
using Mev.Grains.Strategies;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Sessions;

/// <summary>
/// Verifies, records, has it carried out, records the answer, answers. Its memory is the fold of the log: a command
/// whose id somebody else was faster with, or that an earlier activation left in the middle, is seen there.
/// </summary>
[GrainType("operator-session")]
internal sealed partial class OperatorSessionGrain(
    ControlLog log, CommandVerifier verifier, AuditWriter audit, StrategyCatalog strategies, TimeProvider time,
    ILogger<OperatorSessionGrain> logger) : Grain, IOperatorSessionGrain
{
    public async ValueTask<CommandAnswer> Execute(SignedEnvelope command)
    {
        try
        {
            return await Take(command.ToCommand());
        }
        catch (JournalUnavailableException failure)
        {
            LogUnavailable(this.GetPrimaryKeyString(), failure.Message);
            return CommandAnswers.Refused(
                CommandRefusal.AuditUnavailable, "the journal does not answer; the same command again completes it");
        }
    }

    private async ValueTask<CommandAnswer> Take(SignedCommand signed)
    {
        var state = await log.CatchUp();
        // The log vouches for what it has, however long that waits.
        if (LogAuthority.Find(state, signed) is { } waiting
            && waiting.Entry.Principal.Name == this.GetPrimaryKeyString())
        {
            return await Complete(waiting, isReplayed: true);
        }
        var now = time.GetUtcNow();
        var verdict = verifier.Verify(signed, state, now, CommandVerifier.Grace);
        if (verdict.Command is not { } command)
            return CommandAnswers.Refused(verdict.Refusal ?? CommandRefusal.SignatureInvalid, "verified anew");
        if (command.Key.Principal.Name != this.GetPrimaryKeyString())
            return CommandAnswers.Refused(CommandRefusal.RoleDenied, "the command is another principal's");
        var bodyHash = Digest.Of(signed.Body.Span);
        if (state.Commands.TryGetValue(command.CommandId, out var known))
            return await Repeat(known, command.Key.Principal, bodyHash);
        var isDevelopment = log.Terms.IsDevelopmentRoot;
        var judgement = CommandJudge.Judge(state, command, now.ToUnixTimeMilliseconds(), isDevelopment);
        if (judgement.Refusal is { } refusal) return CommandAnswers.Refused(refusal, judgement.Detail);
        if (judgement.Effect is CommandEffect.Learning change && strategies.Find(change.Strategy) is null)
            return CommandAnswers.Refused(CommandRefusal.CommandInvalid, $"there is no strategy '{change.Strategy}'");
        await audit.Append(
            AuditWriter.ControlPartition, [ControlRecords.Of(command.CommandId, signed, isDevelopment)]);
        state = await log.CatchUp();
        if (!state.Commands.TryGetValue(command.CommandId, out var taken))
        {
            return CommandAnswers.Refused(
                CommandRefusal.SignatureExpired, "it was over, or its key revoked, by when it was recorded");
        }
        return signed.IsSame(taken.Envelope)
            ? await Complete(taken, isReplayed: false)
            : await Repeat(taken, command.Key.Principal, bodyHash);
    }

    /// <summary>
    /// The stored answer; of one that was left in the middle its completion. Nobody else completes it meanwhile: this
    /// grain is the one of its principal, and a second activation finds what the owner's record says.
    /// </summary>
    private async ValueTask<CommandAnswer> Repeat(TakenCommand known, PrincipalId principal, Digest bodyHash)
    {
        var refusal = known.Entry.Check(principal, bodyHash);
        if (refusal == CommandRefusal.IdempotencyInProgress) return await Complete(known, isReplayed: true);
        return refusal is not null
            ? CommandAnswers.Refused(refusal, "the idempotency key is that of another command: make a new one")
            : Answer(known.Entry.Answer, isReplayed: true);
    }

    private async ValueTask<CommandAnswer> Complete(TakenCommand taken, bool isReplayed)
    {
        var (answer, refusal) = taken.Refusal is { } denied
            ? (CommandAnswers.Problem(denied, taken.Detail), denied)
            : await Carry(taken);
        if (answer is null)
        {
            return CommandAnswers.Refused(
                CommandRefusal.OwnerUnavailable,
                "it is recorded and not carried out yet; the same command again completes it");
        }
        await audit.Append(AuditWriter.ControlPartition, ControlRecords.Outcome(taken, answer, refusal));
        var state = await log.CatchUp();
        return Answer(state.Commands[taken.Entry.CommandId].Entry.Answer ?? answer, isReplayed);
    }

    /// <summary>The receipt or the owner's refusal; no answer when the owner gives none.</summary>
    private async ValueTask<(LedgerAnswer? Answer, CommandRefusal? Refusal)> Carry(TakenCommand taken)
    {
        try
        {
            var effect = await CarryOut(taken);
            if (effect is null or { IsDone: true }) return (CommandAnswers.Receipt(taken, effect), null);
            var refusal = new CommandRefusal(effect.Code, effect.Status);
            return (CommandAnswers.Problem(refusal, effect.Detail), refusal);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            LogNoOwner(taken.Entry.CommandId, taken.Name, failure.Message);
            return default;
        }
    }

    private async ValueTask<EffectAnswer?> CarryOut(TakenCommand taken)
    {
        if (taken.Envelope is not { } envelope || taken.Effect is not { } effect) return null;
        var order = new CommandOrder
        {
            Command = envelope.ToEnvelope(),
            Proposal = taken.ProposalEnvelope?.ToEnvelope(),
        };
        switch (effect)
        {
            case CommandEffect.Learning change:
                return await GrainFactory.GetGrain<IStrategyCommandGrain>(change.Strategy).Execute(order);
            case CommandEffect.Model:
                return await GrainFactory.GetGrain<IModelCommandGrain>(ModelKeys.Offset).Execute(order);
            case CommandEffect.Stop when log.Current.Policy.IsStopped:
                return new EffectAnswer { Version = log.Current.Policy.Version }; // it is one, however often it is said
            case CommandEffect.Stop:
                return await GrainFactory.GetGrain<IPolicyCommandGrain>(PolicyKeys.Global).Stop(order.Command);
            default:
                return await GrainFactory.GetGrain<IPolicyCommandGrain>(PolicyKeys.Global).Execute(order);
        }
    }

    private static CommandAnswer Answer(LedgerAnswer? answer, bool isReplayed) => new()
    {
        Status = answer?.Status ?? CommandRefusal.IdempotencyInProgress.Status,
        Body = answer?.Body ?? default,
        IsReplayed = isReplayed,
    };

    [LoggerMessage(1081, LogLevel.Error, "A command of {Principal} waits for the journal: {Reason}")]
    private partial void LogUnavailable(string principal, string reason);

    [LoggerMessage(1082, LogLevel.Error,
        "Command {CommandId} ({Name}) is recorded, and its owner gave no answer: {Reason}")]
    private partial void LogNoOwner(Guid commandId, string name, string reason);
}
