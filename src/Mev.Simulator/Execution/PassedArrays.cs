using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Domain.Pools.Whirlpool;

namespace Mev.Simulator.Execution;

/// <summary>
/// Whether a swap of a Whirlpool, a CLMM pool or a DLMM pair passes the arrays that its program walks from where the
/// price is by now. It was built before: what the price moved past meanwhile stands there in vain, and what it moved
/// back into may be missing.
/// </summary>
internal static class PassedArrays
{
    /// <summary>
    /// What the program refuses; none where the arrays suffice, and where the pool refuses the swap anyway.
    /// </summary>
    /// <param name="pool">The pool before the swap.</param>
    /// <param name="direction">Which side goes in.</param>
    /// <param name="amountIn">What goes in.</param>
    /// <param name="clock">The chain's time.</param>
    /// <param name="asked">Parts as they would be passed by now.</param>
    /// <param name="passed">Parts that are passed.</param>
    public static QuoteError Refusal(
        Pool pool, SwapDirection direction, TokenAmount amountIn, in ChainClock clock,
        ReadOnlySpan<AccountReference> asked, ReadOnlySpan<AccountReference> passed) => pool switch
        {
            WhirlpoolPool whirlpool => OfWhirlpool(whirlpool.ArraysWalked(direction, amountIn), asked, passed),
            RaydiumClmmPool clmm => OfClmm(clmm.ArraysOf(direction, amountIn, clock).AsSpan(), passed),
            MeteoraDlmmPool pair => OfDlmm(pair.Swap(direction, amountIn, isExactIn: true, clock, Keys(passed)).Error),
            _ => QuoteError.None,
        };

    /// <summary>The program takes those of its own order that are passed, up to the first that is not.</summary>
    private static QuoteError OfWhirlpool(
        int walked, ReadOnlySpan<AccountReference> asked, ReadOnlySpan<AccountReference> passed)
    {
        foreach (var array in asked[..Math.Min(walked, asked.Length)])
            if (!Has(passed, array.Key)) return QuoteError.TickArraySequenceInvalidIndex;
        return QuoteError.None;
    }

    /// <summary>The program goes through them in the order in which they are passed, and never back.</summary>
    private static QuoteError OfClmm(ReadOnlySpan<Pubkey> walked, ReadOnlySpan<AccountReference> passed)
    {
        var place = 0;
        foreach (var array in walked)
        {
            while (place < passed.Length && passed[place].Key != array) place++;
            if (place == passed.Length) return QuoteError.NotEnoughTickArrays;
        }
        return QuoteError.None;
    }

    /// <summary>The program takes those that are passed in any order.</summary>
    private static QuoteError OfDlmm(QuoteError error) =>
        error == QuoteError.BinArrayNotPassed ? error : QuoteError.None;

    /// <summary>Their addresses.</summary>
    internal static Pubkey[] Keys(ReadOnlySpan<AccountReference> accounts)
    {
        var keys = new Pubkey[accounts.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = accounts[i].Key;
        return keys;
    }

    private static bool Has(ReadOnlySpan<AccountReference> accounts, Pubkey key)
    {
        foreach (var account in accounts)
            if (account.Key == key) return true;
        return false;
    }
}
