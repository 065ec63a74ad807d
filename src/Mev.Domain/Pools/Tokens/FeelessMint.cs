using Mev.Domain.Chain;

namespace Mev.Domain.Pools.Tokens;

/// <summary>
/// Whether a mint's tokens move without a fee, for pools whose own account does not tell. Where that is not certain the
/// pool is not quoted: its quotes are what moves in and out of the vaults, and no vector proves them with a fee.
/// </summary>
internal static class FeelessMint
{
    /// <summary>
    /// Why a pool with this mint cannot be quoted. The bytes of the mint's account are needed unless the pool account
    /// was written before <paramref name="splTokenUntil"/>, when its program knew SPL Token alone, or the mint is WSOL.
    /// </summary>
    public static PoolDefect Check(PoolAccount mint, PoolAccount pool, Slot splTokenUntil)
    {
        if (mint.Key == Mints.Wsol) return PoolDefect.None;
        var defect = AccountCheck.Owned(mint, Programs.Token);
        if (defect == PoolDefect.AccountMissing && pool.Slot < splTokenUntil) return PoolDefect.None;
        return defect == PoolDefect.WrongOwner ? Check(mint, pool.Slot) : defect;
    }

    /// <summary>Why a pool with this mint cannot be quoted, by the bytes of the mint's account.</summary>
    /// <param name="mint">The mint.</param>
    /// <param name="pool">The pool's slot, not after the chain's: a fee that has ended by then has ended.</param>
    public static PoolDefect Check(PoolAccount mint, Slot pool)
    {
        var defect = TokenMint.Read(mint, out var fees);
        if (defect != PoolDefect.None) return defect;
        return fees.HasFeeFrom(new ChainClock(pool, UnixTime: 0).Epoch) ? PoolDefect.TransferFee : PoolDefect.None;
    }

    /// <summary>The check rested on the bytes of the mint's account.</summary>
    public static bool IsRead(PoolAccount mint, PoolAccount pool, Slot splTokenUntil) =>
        mint.Exists && mint.Key != Mints.Wsol && (mint.Owner != Programs.Token || pool.Slot >= splTokenUntil);
}
