using System.Collections.Immutable;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing;

/// <summary>What the rules look at: the transactions decoded, and the values that came with them.</summary>
internal sealed record DecodedBundle(ImmutableArray<DecodedTransaction> Transactions, SigningRequest Request)
{
    public IEnumerable<DecodedTransaction> Own => Transactions.Where(transaction => transaction.IsOwn);

    public IEnumerable<DecodedTransaction> Foreign =>
        Transactions.Where(transaction => transaction.Owner == TransactionOwner.Foreign);
}
