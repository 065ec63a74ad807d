using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>The order book's accounts of a Raydium AMM v4 pool, in the order in which its swap passes them.</summary>
/// <param name="Program">Program of the order book.</param>
/// <param name="Market">The market account.</param>
/// <param name="Bids">Its bids.</param>
/// <param name="Asks">Its asks.</param>
/// <param name="EventQueue">Its event queue.</param>
/// <param name="CoinVault">Its coins.</param>
/// <param name="PcVault">Its pc.</param>
/// <param name="VaultSigner">Who signs for its vaults.</param>
/// <param name="OpenOrders">The pool's own orders there.</param>
public sealed record RaydiumAmmV4Market(
    Pubkey Program, Pubkey Market, Pubkey Bids, Pubkey Asks, Pubkey EventQueue,
    Pubkey CoinVault, Pubkey PcVault, Pubkey VaultSigner, Pubkey OpenOrders)
{
    /// <summary>
    /// A swap-only pool (status 6) asks nothing of these accounts, so its own key stands for each: none is locked.
    /// </summary>
    public static RaydiumAmmV4Market Unused(Pubkey pool) => new(pool, pool, pool, pool, pool, pool, pool, pool, pool);
}
