namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>Rule 1: a transaction that wallets of ours and others sign together is nobody's, and refused.</summary>
internal static class MixedRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        foreach (var transaction in bundle.Transactions)
        {
            if (transaction.Owner == TransactionOwner.Mixed)
                return $"transaction {transaction.Place} is signed by wallets of ours and by others";
        }
        return null;
    }
}
