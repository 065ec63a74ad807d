using System.Globalization;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Pools;
using Mev.Domain.Pools.PumpSwap;
using Mev.Domain.Pools.Tokens;

namespace Mev.Conformance.Adapters;

/// <summary>
/// PumpSwap: what the user pays and receives, the quote amount before fees as both vaults show it, and the base that
/// the SDK proposes to sell for a wanted quote amount.
/// </summary>
internal sealed class PumpSwapAdapter : IProtocolAdapter
{
    private const int BaseVault = 3;
    private const int QuoteVault = 4;

    /// <inheritdoc/>
    public string Protocol => "pumpswap";

    /// <inheritdoc/>
    public void Check(PoolStateRecord state, SwapVector vector, VectorCheck check)
    {
        if (PoolLoader.Load<PumpSwapPool>(state, check) is not { } pool) return;
        var isSaleForQuote = !vector.IsExactIn && vector.Direction == SwapDirection.AToB;
        if (isSaleForQuote)
        {
            var error = pool.BaseFor(vector.Amount, out var baseIn);
            if (check.BothSucceed(vector, pool.Protocol, error)) check.Equal("base", vector.Text("base"), baseIn.Units);
            return;
        }
        var quote = vector.IsExactIn
            ? pool.QuoteExactIn(vector.Direction, vector.Amount, state.Clock)
            : pool.QuoteExactOut(vector.Direction, vector.Amount, state.Clock);
        if (!check.BothSucceed(vector, pool.Protocol, quote.Error)) return;
        var (amountIn, amountOut) = vector.Direction == SwapDirection.AToB ? ("amount", "uiQuote")
            : vector.IsExactIn ? ("amount", "base") : ("uiQuote", "amount");
        check.Equal(amountIn, vector.Text(amountIn), quote.AmountIn.Units);
        check.Equal(amountOut, vector.Text(amountOut), quote.AmountOut.Units);
        CheckExecution(pool, state, vector, quote, check);
    }

    /// <summary>The pool keeps the quote amount before fees and the liquidity's fee, rounded up.</summary>
    private static void CheckExecution(
        PumpSwapPool pool, PoolStateRecord state, SwapVector vector, in Quote quote, VectorCheck check)
    {
        var (baseBefore, quoteBefore) = (Vault(pool, BaseVault), Vault(pool, QuoteVault));
        var executed = vector.IsExactIn
            ? pool.Execute(vector.Direction, vector.Amount, state.Clock, writeVersion: 2)
            : pool.ExecuteExactOut(vector.Direction, vector.Amount, state.Clock, writeVersion: 2);
        check.Equal("executed", quote.ToString(), executed.ToString());
        var isSale = vector.Direction == SwapDirection.AToB;
        var baseAfter = isSale ? baseBefore + quote.AmountIn.Units : baseBefore - quote.AmountOut.Units;
        check.Equal("base vault", $"{baseAfter}", Vault(pool, BaseVault));
        var name = isSale ? "internalQuoteAmountOut" : "internalQuoteAmount";
        if (!vector.Json.TryGetProperty(name, out var field)) return;
        var beforeFees = UInt128.Parse(field.ToString(), CultureInfo.InvariantCulture);
        var rate = UInt128.Parse(state.Json.GetProperty("lpFeeBps").ToString(), CultureInfo.InvariantCulture);
        var fee = (beforeFees * rate + 9_999) / 10_000;
        var quoteAfter = isSale ? quoteBefore - (beforeFees - fee) : quoteBefore + beforeFees + fee;
        check.Equal("quote vault", $"{quoteAfter}", Vault(pool, QuoteVault));
    }

    private static ulong Vault(PumpSwapPool pool, int place) =>
        PoolLoader.Field(pool, pool.Accounts[place].Key, TokenLayout.AccountAmount);
}
