using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>
/// Rule 12: what block engine and runtime ask of a bundle (specs: block engine, construction rules). That the tip
/// follows the last swap in its transaction, and is guarded by it, is <see cref="CycleDecoder"/>'s order and
/// <see cref="CyclicRule"/>'s sum.
/// </summary>
internal static class ShapeRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        var own = bundle.Own.ToList();
        if (own.Count == 0) return "nothing is to be signed";
        var count = bundle.Transactions.Length;
        var isDuplicate = count > 1
            && bundle.Transactions.DistinctBy(each => Digest.Of(each.MessageBytes.Span)).Count() < count;
        if (isDuplicate) return "a transaction stands there twice";
        if (own.Exists(each => each.Message.RecentBlockhash != own[0].Message.RecentBlockhash))
            return "own transactions have several blockhashes";
        var isAsking = own.Exists(DontFrontRule.Asks);
        if (own.Count < bundle.Transactions.Length && isAsking)
            return "behind a foreign transaction none of ours may ask not to be preceded";
        if (own.Count == bundle.Transactions.Length && !DontFrontRule.Asks(own[0]))
            return "the first transaction does not ask not to be preceded";
        foreach (var transaction in bundle.Transactions)
            if (Refusal(bundle, transaction) is { } refusal) return $"transaction {transaction.Place} {refusal}";
        return null;
    }

    private static string? Refusal(DecodedBundle bundle, DecodedTransaction transaction)
    {
        var defect = TransactionLimits.Check(transaction.Message);
        if (defect != TransactionDefect.None) return $"may not be sent ({defect})";
        foreach (var account in transaction.Accounts)
        {
            if (IsUntouchable(account.Key, bundle)) return $"touches {account.Key}";
            if (account.IsWritable && DontFrontKey.Is(account.Key)) return "would lock the key that it only names";
        }
        if (transaction.Accounts.Any(account => account.IsWritable && IsUsedTable(account.Key, bundle)))
            return "may change a lookup table that the bundle uses";
        if (!transaction.IsOwn) return IsSigned(transaction) ? null : "is not signed";
        if (transaction.Part.IsObserved) return "is ours and was signed elsewhere";
        if (transaction.Cycle is not { } cycle) return "is not known";
        if (cycle.UnitsLimit is not { } limit) return "sets no unit limit";
        if (limit > TransactionLimits.ComputeUnitsMax) return "asks for too many units";
        return cycle.UnitPrice == 0 ? null : "sets a unit price";
    }

    private static bool IsUntouchable(Pubkey key, DecodedBundle bundle) =>
        key == Programs.TipPayment || key == Programs.Vote || key == TipAccounts.Config
        || bundle.Request.Network.VoteAccounts.Contains(key);

    private static bool IsUsedTable(Pubkey key, DecodedBundle bundle)
    {
        foreach (var transaction in bundle.Transactions)
        {
            foreach (var lookup in transaction.Message.Lookups)
                if (lookup.Table == key) return true;
        }
        return false;
    }

    private static bool IsSigned(DecodedTransaction transaction) =>
        transaction.Part.IsObserved
        && Transaction.Read(transaction.Part.Bytes.Span, out _) is { } whole && whole.IsSigned();
}
