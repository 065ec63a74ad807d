using System.Collections.Frozen;
using System.Collections.Immutable;
using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing;

/// <summary>What the rules look at: the transactions decoded, and the values that came with them.</summary>
internal sealed record DecodedBundle(ImmutableArray<DecodedTransaction> Transactions, SigningRequest Request)
{
    /// <summary>Accounts of wrapped SOL that were derived before, by wallet.</summary>
    public FrozenDictionary<Pubkey, Pubkey> Wrapped { get; init; } = FrozenDictionary<Pubkey, Pubkey>.Empty;

    /// <summary>A wallet's account of wrapped SOL.</summary>
    public Pubkey WrappedOf(Pubkey wallet) => Wrapped.TryGetValue(wallet, out var known)
        ? known
        : AssociatedToken.Address(wallet, Mints.Wsol, Programs.Token);

    public IEnumerable<DecodedTransaction> Own => Transactions.Where(transaction => transaction.IsOwn);

    public IEnumerable<DecodedTransaction> Foreign =>
        Transactions.Where(transaction => transaction.Owner == TransactionOwner.Foreign);
}
