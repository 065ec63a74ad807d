using System.Collections.Frozen;
using System.Collections.Immutable;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Domain.Signing;
using Mev.Grains.Abstractions.Wallets;
using Mev.Grains.Limits;
using Mev.Grains.Wallets;
using Mev.Journal;
using Mev.Journal.Replay;
using Mev.Journal.Wallets;
using Microsoft.Extensions.Logging;
using SigningRefusal = Mev.Domain.Signing.SigningRefusal;

namespace Mev.Grains.Signing;

/// <summary>
/// Brings a durable intent before the signer with all that its rules ask about: what the journal says of the intent,
/// and what is known at this moment of stop, permit, wallet and chain.
/// </summary>
internal sealed partial class SigningDesk(
    SigningTerms terms, WalletBook book, PolicyInForce policy, Permits permits, IGrainFactory grains,
    ILogger<SigningDesk> logger, ITransactionSigner? signer = null)
{
    /// <summary>
    /// The signed transactions of the intent, or why there are none; neither for a paper order where nothing is signed.
    /// Ed25519 is deterministic: whoever asks again, after whatever restart, is answered the same bytes.
    /// </summary>
    public async ValueTask<SigningAnswer> Sign(Decision intent)
    {
        if (signer is null) return intent.Core.IsSigned ? Refused("there is no signer") : new SigningAnswer();
        if (WalletRecords.WalletOf(intent) is not { } wallet) return Refused("the intent is no transaction's");
        if (WalletRecords.Reservation(intent, terms.Fee) is not { } reservation) return Refused("nothing to reserve");
        var grain = grains.GetGrain<IWalletGrain>(wallet.ToString());
        var lease = await grain.Reserve(reservation);
        var answer = signer.Sign(RequestOf(intent, wallet, lease), refused: _ => { }); // its caller journals the answer
        if (answer.Refusal is null)
            await grain.KeepSignatures(reservation.Opportunity, Signatures(answer.Transactions));
        return answer;
    }

    /// <summary>
    /// Tells the wallet of a journalled outcome. Where that fails it keeps the reservation until it reads the journal.
    /// </summary>
    public ValueTask Settle(Decision intent, BundleOutcome outcome) =>
        Tell(intent, outcome, wallet => wallet.Settle(outcome));

    /// <summary>Tells it of one that was journalled in the place of an earlier one.</summary>
    public ValueTask Correct(Decision intent, BundleOutcome outcome) =>
        Tell(intent, outcome, wallet => wallet.Correct(outcome));

    /// <summary>The first signature of each transaction: it stands behind their number, which is one byte.</summary>
    public static ImmutableArray<ReadOnlyMemory<byte>> Signatures(ImmutableArray<ReadOnlyMemory<byte>> transactions) =>
        [.. transactions.Select(bytes => bytes.Slice(1, TransactionSignature.Length))];

    private async ValueTask Tell(Decision intent, BundleOutcome outcome, Func<IWalletGrain, ValueTask> tell)
    {
        if (WalletRecords.WalletOf(intent) is not { } wallet) return;
        try
        {
            await tell(grains.GetGrain<IWalletGrain>(wallet.ToString()));
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or JournalUnavailableException)
        {
            LogNotSettled(outcome.Opportunity, failure.Message);
        }
    }

    private static SigningAnswer Refused(string sentence) =>
        new() { Refusal = new SigningRefusal(GuardRule.Shape, sentence) };

    private SigningRequest RequestOf(Decision intent, Pubkey wallet, WalletLease lease)
    {
        var current = policy.Current;
        return new SigningRequest
        {
            Parts = [BundlePart.ToSign(intent.Core.Message.Memory)],
            Tables = book.TermsOf(wallet)?.Tables ?? [],
            Intent = IntentOf(intent.Core),
            Policy = new SigningPolicy
            {
                Programs = terms.Programs,
                TipMax = terms.TipMaxUnder(current),
                TipShareMaxBasisPoints = terms.TipShareMaxBasisPoints,
                Reserve = terms.Reserve,
            },
            Wallets = WalletsOf(wallet, lease),
            Lease = new SigningLease(lease.Cost, lease.AmountIn),
            Stop = permits.Stop(current),
            Network = book.Network,
            History = new SigningHistory { Slot = new Slot(intent.Core.Slot), Own = [], Foreign = [] },
        };
    }

    /// <summary>The least profit is the limit that the decision was checked against, as its record says.</summary>
    private static SigningIntent IntentOf(DecisionCore core) => new()
    {
        Messages = [new Digest(core.MessageHash.Span)],
        ProfitExpected = new Lamports(core.Value),
        ProfitMin = RecordedOpportunity.ProfitMinOf(core) ?? new Lamports(-1), // no record of a limit: the rule refuses
    };

    private SigningWallets WalletsOf(Pubkey wallet, WalletLease lease) => new()
    {
        All = terms.WalletSet,
        Allowed = terms.WalletSet,
        TokenAccounts = book.TokenAccountsOf(wallet),
        Balances = lease.Balance is { } balance
            ? FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(wallet, balance)])
            : FrozenDictionary<Pubkey, Lamports>.Empty,
    };

    [LoggerMessage(1013, LogLevel.Warning, "Bundle {Opportunity}: its wallet was not told: {Reason}")]
    private partial void LogNotSettled(OpportunityId opportunity, string reason);
}
