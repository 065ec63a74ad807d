using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// Whether a mint's tokens move without a fee, which a Whirlpool's own account does not tell. Where that is not certain
/// the pool is not quoted: its quotes are what moves in and out of the vaults, and no vector proves them with a fee.
/// </summary>
internal static class WhirlpoolMint
{
    // The program takes Token-2022 mints since 2024-05-28 (its documentation); this slot is of April 2024.
    private static readonly Slot SplTokenUntil = new(260_000_000);

    /// <summary>
    /// Why a pool with this mint cannot be quoted. The bytes of the mint's account are needed unless the pool account
    /// is of a time in which the program knew SPL Token alone, or the mint is WSOL.
    /// </summary>
    public static PoolDefect Check(PoolAccount mint, PoolAccount pool)
    {
        if (mint.Key == Mints.Wsol) return PoolDefect.None;
        var defect = AccountCheck.Owned(mint, Programs.Token);
        if (defect == PoolDefect.AccountMissing && IsOld(pool)) return PoolDefect.None;
        if (defect != PoolDefect.WrongOwner) return defect;
        defect = TokenMint.Read(mint, out var fees);
        if (defect != PoolDefect.None) return defect;
        // The pool's slot is not after the chain's: a fee that has ended by then has ended.
        return fees.HasFeeFrom(new ChainClock(pool.Slot, UnixTime: 0).Epoch) ? PoolDefect.TransferFee : PoolDefect.None;
    }

    /// <summary>The check rested on the bytes of the mint's account.</summary>
    public static bool IsRead(PoolAccount mint, PoolAccount pool) =>
        mint.Exists && mint.Key != Mints.Wsol && (mint.Owner != Programs.Token || !IsOld(pool));

    private static bool IsOld(PoolAccount pool) => pool.Slot < SplTokenUntil;
}
