using Mev.Control.Commands;
using Mev.Domain.Learning;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Commands;
using Mev.Journal.Audit;
using Mev.Journal.Strategies;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Strategies;

/// <content>Changes of what it learns: journalled on its partition, then taken from there like any record.</content>
internal sealed partial class StrategyGrain
{
    private const int ReasonCharactersMax = 500;

    private LearningState _learning;

    public ValueTask<PosteriorExport> Export() => ValueTask.FromResult(new PosteriorExport
    {
        Kind = _fold.Sampler.Kind,
        Epoch = _fold.Belief.Parameters.Epoch,
        Id = _fold.Sampler.Id,
        Bytes = [.. _fold.Sampler.CanonicalBytes()],
    });

    public async ValueTask<EffectAnswer> Execute(CommandOrder order)
    {
        try
        {
            return await Execute(await commands.Authorise(order));
        }
        catch (CommandRefusedException refused)
        {
            return refused.ToAnswer(_fold.Belief.Parameters.Epoch);
        }
    }

    private async ValueTask<EffectAnswer> Execute(AuthorisedCommand command)
    {
        if (command.Effect is not CommandEffect.Learning change || change.Strategy != _parameters.Id)
            throw CommandRefusedException.Stranger(command);
        var reason = command.Reason[..Math.Min(command.Reason.Length, ReasonCharactersMax)];
        switch (change.Kind)
        {
            case LearningChangeKind.Reset:
                return Answer(change.Epoch, await Begin(
                    change.Kind, change.Epoch, Samplers.Prior(_parameters.Sampler), reason));
            case LearningChangeKind.PriorChange:
                return Answer(change.Epoch, await Begin(
                    change.Kind, change.Epoch, Read(change.Posterior.Span), reason));
            default:
                return await Hold(
                    change.Kind, reason, command.Offset ?? throw CommandRefusedException.Stranger(command));
        }
    }

    /// <summary>The epoch tells whether it is done: a command that is asked for again finds its own.</summary>
    private EffectAnswer Answer(ulong asked, ulong epoch) => asked == epoch
        ? new EffectAnswer { Version = _fold.Belief.Parameters.Epoch }
        : new CommandRefusedException(
            CommandRefusal.VersionConflict, $"'epoch' is {asked}; the present one is {epoch}, so {epoch + 1} follows")
            .ToAnswer(epoch);

    private ISampler Read(ReadOnlySpan<byte> posterior) =>
        Samplers.TryBegin(_parameters.Sampler, posterior, out var sampler, out var refusal)
            ? sampler
            : throw new CommandRefusedException(
                CommandRefusal.CommandInvalid,
                $"the {posterior.Length} bytes are no posterior of sampler {_parameters.Sampler} ({refusal}); "
                + "give the bytes that Export of a strategy of this kind answers");

    private async ValueTask<ulong> Begin(LearningChangeKind kind, ulong epoch, ISampler sampler, string reason)
    {
        await CatchUp(); // an earlier change that failed for its caller may have become durable since
        if (epoch == _fold.Belief.Parameters.Epoch + 1)
            await Append(LearningRecords.Begin(kind, _parameters.Id, epoch, sampler, reason));
        return _fold.Belief.Parameters.Epoch;
    }

    /// <summary>
    /// In the order of their commands: one that was carried out and not answered is not carried out again after a later
    /// one, so a repeated thaw does not end a freeze that came after it.
    /// </summary>
    private async ValueTask<EffectAnswer> Hold(LearningChangeKind kind, string reason, long command)
    {
        await CatchUp();
        var epoch = _fold.Belief.Parameters.Epoch;
        if (command < _fold.Belief.LastHold)
        {
            return new CommandRefusedException(
                CommandRefusal.VersionConflict, "a later command froze or thawed it since: look, and sign anew")
                .ToAnswer(epoch);
        }
        if (command != _fold.Belief.LastHold)
            await Append(LearningRecords.Hold(kind, _parameters.Id, epoch, reason, command));
        return new EffectAnswer { Version = epoch };
    }

    private async ValueTask Append(AuditEntry change)
    {
        try
        {
            var offset = await audit.Append(_partition.Partition, [change]);
            await CatchUp(offset + 1);
        }
        catch (Exception failure) // whether it is durable only the journal knows
        {
            LogUnchanged(_parameters.Id, failure.Message);
            DeactivateOnIdle();
            throw;
        }
        SaveIfDue();
    }

    /// <summary>Says once that it learns no more, or again.</summary>
    private void TellLearning()
    {
        var now = LearningViews.StateOf(_fold.Belief);
        if (now == _learning) return;
        var isWell = now == LearningState.Learning;
        if (!isWell) LogLearning(_parameters.Id, now, _fold.Belief.Evidence.UnseenShare);
        else if (_learning != LearningState.Unknown) LogLearningAgain(_parameters.Id, now);
        _learning = now;
    }

    [LoggerMessage(1004, LogLevel.Warning,
        "Strategy {Strategy}: {State}; of {UnseenShare:P0} of its last losses nobody saw the cause")]
    private partial void LogLearning(string strategy, LearningState state, double unseenShare);

    [LoggerMessage(1005, LogLevel.Information, "Strategy {Strategy}: {State} again")]
    private partial void LogLearningAgain(string strategy, LearningState state);

    [LoggerMessage(1006, LogLevel.Error, "Strategy {Strategy}: a change of what it learns failed: {Reason}")]
    private partial void LogUnchanged(string strategy, string reason);
}
