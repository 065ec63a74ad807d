namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>Rule 3: nothing stands before a foreign transaction, whichever wallet of ours signed it.</summary>
internal static class NoOwnBeforeForeignRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        for (var place = 1; place < bundle.Transactions.Length; place++)
        {
            var isForeign = bundle.Transactions[place].Owner == TransactionOwner.Foreign;
            if (isForeign && bundle.Transactions[place - 1].Owner != TransactionOwner.Foreign)
                return $"transaction {place - 1} stands before a foreign one";
        }
        return null;
    }
}
