namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>
/// Rule 6: transactions that ask not to be preceded stand first, without a gap, and share a signer with the first.
/// </summary>
internal static class DontFrontRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        var expected = 0;
        foreach (var transaction in bundle.Transactions.Where(Asks))
        {
            if (transaction.Place != expected++) return $"transaction {transaction.Place} asks not to be preceded";
            if (!transaction.Signers.Intersect(bundle.Transactions[0].Signers).Any())
                return $"transaction {transaction.Place} asks not to be preceded by other signers";
        }
        return null;
    }

    /// <summary>It names such a key, itself or through a table.</summary>
    public static bool Asks(DecodedTransaction transaction)
    {
        foreach (var account in transaction.Accounts)
            if (DontFrontKey.Is(account.Key)) return true;
        return false;
    }
}
