using System.Collections.Frozen;
using Mev.Domain.Chain;
using Mev.Domain.Signing;
using Mev.Domain.Wallets;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Signing;
using Mev.Grains.Abstractions.Wallets;
using Mev.Grains.Limits;
using Mev.Grains.Wallets;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Signing;
using Microsoft.Extensions.Logging;
using SigningRefusal = Mev.Domain.Signing.SigningRefusal;

namespace Mev.Grains.Signing;

/// <summary>
/// Signs what keeps wallets going. Its memory is a fold of the control partition; what it signs it reads from there, so
/// nothing is signed that is not durable.
/// </summary>
[GrainType("treasury")]
internal sealed partial class TreasuryGrain(
    SigningTerms terms, IPartitionedLog log, AuditWriter audit, WalletBook book, PolicyInForce policy, Permits permits,
    TimeProvider time, ILogger<TreasuryGrain> logger, ITransactionSigner? signer = null, SendTreasury? send = null,
    FindTreasury? find = null) : Grain, ITreasuryGrain
{
    private static readonly LogPartition Control = new(LogTopics.Audit, AuditWriter.ControlPartition);

    private TreasuryLedger _ledger = new();
    private long _next;

    private async ValueTask<TreasuryAnswer> Sign(TreasuryOrder order)
    {
        if (!_ledger.IsWhole)
        {
            return await Refused(
                order, -1, GuardRule.TreasuryCap,
                "a record of the treasury cannot be read, so nobody knows what it has moved; mevctl audit names it");
        }
        var message = Digest.Of(order.Message.Span);
        if (_ledger.MessageOf(order.Command) is { } known && known != message)
            return await Refused(order, -1, GuardRule.Intent, "the command has an order of another message");
        var offset = _ledger.MessageOf(order.Command) is null
            ? await audit.Append(AuditWriter.ControlPartition, [TreasuryRecords.Of(order)])
            : -1; // durable since an earlier call
        await CatchUp();
        permits.Grant(await GrainFactory.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current());
        if (signer is null) return await Refused(order, offset, GuardRule.Limits, "there is no signer");
        var answer = signer.SignTreasury(await RequestOf(order), refused: _ => { }); // journalled below
        return answer.Refusal is { } refusal
            ? await Refused(order, offset, refusal.Rule, refusal.Sentence)
            : new TreasuryAnswer { Transaction = answer.Transactions[0] };
    }

    private async ValueTask<TreasuryAnswer> Refused(TreasuryOrder order, long offset, GuardRule rule, string sentence)
    {
        LogRefused(order.Command, rule.Id(), sentence);
        await audit.Append(
            AuditWriter.ControlPartition,
            [TreasuryRecords.Refusal(new SigningRefusal(rule, sentence), order, offset)]);
        await CatchUp();
        return new TreasuryAnswer { Rule = rule.Id(), Sentence = sentence };
    }

    private async ValueTask CatchUp()
    {
        await foreach (var record in log.ReadAll(Control, _next))
        {
            _ledger = TreasuryRecords.Take(_ledger, record);
            _next = record.Offset + 1;
        }
    }

    private async ValueTask<TreasuryRequest> RequestOf(TreasuryOrder order)
    {
        var current = policy.Current;
        var day = WalletLedger.DayOf(time.GetUtcNow().ToUnixTimeMilliseconds());
        return new TreasuryRequest
        {
            Message = order.Message,
            Ordered = _ledger.MessageOf(order.Command),
            Approvals = order.Approvals,
            CostMax = order.CostMax,
            Left = terms.TreasuryDailyMax - _ledger.SpentOn(day, except: order.Command),
            TipMax = terms.TipMaxUnder(current),
            Reserve = terms.Reserve,
            Wallets = await Wallets(),
            Stop = permits.Stop(current),
            Network = book.Network,
        };
    }

    /// <summary>Balances as wallets know them, what open bundles may still cost taken off.</summary>
    private async ValueTask<SigningWallets> Wallets()
    {
        var balances = new Dictionary<Pubkey, Lamports>();
        foreach (var wallet in terms.Wallets)
        {
            var view = await GrainFactory.GetGrain<IWalletGrain>(wallet.ToString()).Describe();
            if (view.Observed is { } observed) balances[wallet] = observed.Balance - view.Ledger.Cost;
        }
        return new SigningWallets
        {
            All = terms.WalletSet,
            Allowed = terms.WalletSet,
            TokenAccounts = FrozenSet<Pubkey>.Empty,
            Balances = balances.ToFrozenDictionary(),
        };
    }

    [LoggerMessage(1070, LogLevel.Warning, "The treasury's command {Command} was not signed, rule {Rule}: {Sentence}")]
    private partial void LogRefused(Digest command, string rule, string sentence);
}
