using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;
using Mev.Simulator.Flow;

namespace Mev.Simulator.Rivals;

/// <summary>The signed transaction with which a wallet takes a chance, as anybody's would be.</summary>
internal static class ChanceTransaction
{
    /// <summary>Builds and signs it; null when it would not pay. Inside the chain's gate.</summary>
    public static Transaction? Build(
        SimulatedChain chain, TokenAddresses addresses, Chance chance, SigningKey key, Lamports tip,
        Pubkey tipAccount)
    {
        var hops = new List<CycleHop>();
        foreach (var (hop, amounts) in chance.Hops)
        {
            var pool = chain.Pools.First(known => known.Id == hop.Pool);
            if (PoolSwaps.OfQuote(pool, hop.Direction, key.Address, addresses) is not { } accounts) return null;
            hops.Add(new CycleHop(accounts, amounts));
        }
        var terms = new CycleTerms
        {
            Wallet = key.Address,
            WalletBalance = new Lamports((long)(chain.Find(key.Address)?.Lamports ?? 0)),
            Blockhash = chain.Blocks.Tip.Hash,
            Hops = [.. hops],
            Tip = tip,
            TipAccount = tipAccount,
            ProfitMin = Lamports.Zero,
            Tables = chain.UsableTables,
        };
        return CycleMessage.Build(terms, out _) is { } built ? SigningKey.SignAll(built.Message, key) : null;
    }

    /// <summary>As the chain takes it.</summary>
    public static ChainTransaction? Load(SimulatedChain chain, Transaction transaction) =>
        MessageBytes.Read(transaction.Message.Span, out _) is { } message
            ? ChainTransaction.Load(message, transaction.Signatures, chain.FindTable)
            : null;
}
