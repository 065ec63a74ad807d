using System.Collections.Immutable;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// What was submitted and what the market says of it: what a landing really changed our accounts by, and what a cycle
/// that failed would have earned as the pools are now. What was not seen is null, never a guess. From any thread.
/// </summary>
public sealed class SubmittedCycles(NewestMarket newest)
{
    /// <summary>Submissions remembered; beyond, the oldest is forgotten, and what is told of it is not known.</summary>
    public const int HeldMax = 16_384;

    private readonly Lock _gate = new();
    private readonly Dictionary<OpportunityId, Submitted> _held = [];
    private readonly Dictionary<TransactionSignature, OpportunityId> _bySignature = [];
    private readonly Queue<OpportunityId> _order = new();
    private long _forgotten;

    private sealed class Submitted(BundleSubmission submission, ImmutableArray<TransactionSignature> signatures)
    {
        public BundleSubmission Submission { get; } = submission;

        public ImmutableArray<TransactionSignature> Signatures { get; } = signatures;

        public Dictionary<Slot, Realised> Realised { get; } = []; // more than one slot only over forks
    }

    /// <summary>Takes what is handed to the sender.</summary>
    public void Add(BundleSubmission submission)
    {
        var signatures = submission.Transactions
            .Where(bytes => bytes.Length > TransactionSignature.Length)
            .Select(bytes => TransactionSignature.From(bytes.Span.Slice(1, TransactionSignature.Length)))
            .ToImmutableArray();
        lock (_gate)
        {
            if (!_held.TryAdd(submission.Opportunity, new Submitted(submission, signatures))) return;
            foreach (var signature in signatures) _bySignature[signature] = submission.Opportunity;
            _order.Enqueue(submission.Opportunity);
            if (_order.Count <= HeldMax) return;
            _held.Remove(_order.Dequeue(), out var oldest);
            foreach (var signature in oldest!.Signatures) _bySignature.Remove(signature);
            _forgotten++;
        }
    }

    /// <summary>Takes a transaction as the chain has it: of ours it keeps what it changed.</summary>
    public void Observe(ObservedTransaction transaction)
    {
        lock (_gate)
        {
            if (!_bySignature.TryGetValue(transaction.Signature, out var opportunity)) return;
            if (transaction.Balances.IsEmpty || RealisedBy(transaction) is not { } realised) return;
            _held[opportunity].Realised[transaction.Slot] = realised;
        }
    }

    /// <summary>
    /// What a bundle that is in a slot changed the wallet by, whether it succeeded or failed there; null where nobody
    /// saw its transaction.
    /// </summary>
    public Realised? RealisedAt(OpportunityId opportunity, Slot slot)
    {
        lock (_gate)
        {
            return _held.TryGetValue(opportunity, out var known) && known.Realised.TryGetValue(slot, out var realised)
                ? realised
                : null;
        }
    }

    /// <summary>
    /// What the cycle's message would have earned as the pools are now, its tip at most where one of its hops falls
    /// short; null while the feed is not at the slot yet, where a pool is in doubt, and where it succeeds in a later
    /// slot than that: then this is not the state that it failed on.
    /// </summary>
    public Lamports? ValueAt(OpportunityId opportunity, Slot slot)
    {
        BundleSubmission submission;
        lock (_gate)
        {
            if (!_held.TryGetValue(opportunity, out var known)) return null;
            submission = known.Submission;
        }
        if (newest(submission.Hops.Select(hop => hop.Hop.Pool)) is not { } market) return null;
        if (market.Clock.Slot < slot) return null;
        var value = CycleValue.OfMessage(submission, market.Pools, market.Clock);
        return value <= submission.Tip || market.Clock.Slot == slot ? value : null;
    }

    /// <summary>Its bound with its count as of now.</summary>
    public IEnumerable<LimitCount> Limits()
    {
        lock (_gate) return [new LimitCount("execution.submitted", HeldMax, AtLimit.Forget, _forgotten)];
    }

    /// <summary>
    /// Lamports of the payer and of its wrapped SOL together, after less before, and its other token accounts. What
    /// failed paid no tip. Null where the balances told are none that can be.
    /// </summary>
    private static Realised? RealisedBy(ObservedTransaction transaction)
    {
        var payer = transaction.Accounts[0];
        var wrapped = new TokenAddresses().Account(payer, Mints.Wsol, Programs.Token);
        var change = Int128.Zero;
        foreach (var (account, balance) in transaction.Accounts.Zip(transaction.Balances))
            if (account == payer || account == wrapped) change += (Int128)balance.After - balance.Before;
        if (!transaction.IsFailed) change += WinnerAttribution.TipOf(transaction).Value;
        var tokens = transaction.Tokens
            .Where(held => held.Owner == payer && held.Account != wrapped && held.After != held.Before)
            .Select(held => (held.Account, held.Mint, Change: (Int128)held.After - held.Before)).ToList();
        if (!IsLong(change) || !tokens.TrueForAll(held => IsLong(held.Change))) return null;
        return new Realised(
            new Lamports((long)change),
            new TokenChanges([.. tokens.Select(held => new TokenChange(held.Account, held.Mint, (long)held.Change))]));
    }

    private static bool IsLong(Int128 change) => change >= long.MinValue && change <= long.MaxValue;
}
