using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Signing;
using Mev.Domain.Wallets;
using Mev.Grains.Abstractions.Signing;
using Mev.Journal.Audit;
using Mev.Journal.Signing;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Signing;

/// <content>Orders leave once their attempt is durable, and are followed until the chain says what they did.</content>
internal sealed partial class TreasuryGrain
{
    // A node may lag behind another: an absence counts when it was read twice, so far apart.
    private static readonly TimeSpan ReadsApart = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Digest, long> _absentSince = [];

    public async ValueTask<TreasuryAnswer> Send(TreasuryOrder order)
    {
        await CatchUp();
        if (_ledger.OutcomeOf(order.Command) is { } outcome
            && _ledger.MessageOf(order.Command) == Digest.Of(order.Message.Span))
        {
            return new TreasuryAnswer { Outcome = outcome };
        }
        if (send is null) return new TreasuryAnswer { Sentence = "this process sends nothing for the treasury" };
        var answer = await Sign(order);
        if (answer.Transaction.IsEmpty) return answer;
        if (_ledger.AttemptOf(order.Command) is null)
        {
            if (book.Current() is not { Moment: { IsFresh: true } moment })
                return answer with { Transaction = default, Sentence = "the chain is not known now: ask again" };
            var signature = TransactionSignature.From(answer.Transaction.Span.Slice(1, TransactionSignature.Length));
            await audit.Append(
                AuditWriter.ControlPartition,
                [TreasuryRecords.Of(order.Command, new TreasuryAttempt(signature, moment.LastValidBlockHeight))]);
            await CatchUp();
        }
        try
        {
            // A stop may have come while the attempt was journalled.
            if (!policy.TryStart(() => new ValueTask(send(answer.Transaction, CancellationToken.None)), out var sent))
                return answer with { Sentence = "trading was stopped before it left" };
            await sent;
            return answer with { IsSent = true };
        }
        catch (WalletReadException failure)
        {
            LogNotSent(order.Command, failure.Message);
            return answer with { Sentence = $"nobody knows whether it left: {failure.Message}; ask again" };
        }
    }

    public async ValueTask<int> Settle(ulong finalizedHeight)
    {
        await CatchUp();
        var open = _ledger.Open.ToList();
        foreach (var (command, attempt) in find is null ? [] : open)
        {
            if (await Look(command, attempt) is not var (presence, landing)) continue;
            if (EndOf(command, attempt, presence, landing, finalizedHeight) is not { } outcome) continue;
            await audit.Append(AuditWriter.ControlPartition, [TreasuryRecords.Of(outcome)]);
            _absentSince.Remove(command);
            LogSettled(command, outcome.Kind, outcome.Slot);
        }
        await CatchUp();
        return _ledger.Open.Count();
    }

    /// <summary>What the chain says of an attempt; null when it does not answer: another order's turn comes.</summary>
    private async Task<(SignaturePresence Presence, TreasuryLanding? Landing)?> Look(
        Digest command, TreasuryAttempt attempt)
    {
        try
        {
            return await find!(attempt.Signature, CancellationToken.None);
        }
        catch (WalletReadException failure)
        {
            LogNotSent(command, failure.Message);
            return null;
        }
    }

    /// <summary>Its end, where the chain proves one.</summary>
    private TreasuryOutcome? EndOf(
        Digest command, TreasuryAttempt attempt, SignaturePresence presence, TreasuryLanding? landing,
        ulong finalizedHeight)
    {
        if (presence == SignaturePresence.Final)
        {
            // Final, and the node has not its transaction yet: what it cost is not known, so it is asked again.
            if (landing is not { } found) return null;
            return new TreasuryOutcome
            {
                Command = command,
                Kind = found.IsFailed ? BundleOutcomeKind.Refused : BundleOutcomeKind.Landed,
                Slot = found.Slot,
                Fee = found.Fee,
                Change = found.Change,
            };
        }
        var isOver = presence == SignaturePresence.Absent && finalizedHeight > attempt.LastValidBlockHeight;
        if (!isOver)
        {
            _absentSince.Remove(command);
            return null;
        }
        if (_absentSince.TryAdd(command, time.GetTimestamp())) return null;
        if (time.GetElapsedTime(_absentSince[command]) < ReadsApart) return null;
        return new TreasuryOutcome
        {
            Command = command,
            Kind = BundleOutcomeKind.Expired,
            Slot = default,
            Fee = Lamports.Zero,
            Change = Lamports.Zero,
        };
    }

    [LoggerMessage(1071, LogLevel.Warning, "Nobody knows whether the treasury's command {Command} left: {Reason}")]
    private partial void LogNotSent(Digest command, string reason);

    [LoggerMessage(1072, LogLevel.Information, "The treasury's command {Command} ended: {Kind}, slot {Slot}")]
    private partial void LogSettled(Digest command, BundleOutcomeKind kind, Slot slot);
}
