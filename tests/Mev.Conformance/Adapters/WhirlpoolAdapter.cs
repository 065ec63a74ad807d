using System.Globalization;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;

namespace Mev.Conformance.Adapters;

/// <summary>Orca Whirlpool: amounts, fees and the state after the swap, with and without a price limit.</summary>
internal sealed class WhirlpoolAdapter : IProtocolAdapter
{
    /// <summary>u64 amounts owed to the protocol, in the pool account (specs: Whirlpool layout).</summary>
    private const int OwedA = 85;
    private const int OwedB = 93;

    /// <summary>More crossings than this are refused although the program might just manage them (specs).</summary>
    private const int CrossingsMax = 175;

    /// <summary>Such a vector does not tell the result: success and running out of arrays are both right.</summary>
    private const string OutOfComputeUnits = "exceeded CUs";

    /// <inheritdoc/>
    public string Protocol => "orca-whirlpool";

    /// <inheritdoc/>
    public void Check(PoolStateRecord state, SwapVector vector, VectorCheck check)
    {
        if (PoolLoader.Load<WhirlpoolPool>(state, check) is not { } pool) return;
        var limit = UInt128.Parse(vector.Text("sqrtPriceLimit"), CultureInfo.InvariantCulture);
        var swap = pool.Swap(vector.Direction, vector.Amount, vector.IsExactIn, limit);
        if (vector.Error?.StartsWith(OutOfComputeUnits, StringComparison.Ordinal) == true)
        {
            if (swap.Error is not (QuoteError.None or QuoteError.TickArraySequenceInvalidIndex))
                check.Fail("error", vector.Error, swap.Error.ToString());
            return;
        }
        if (!check.BothSucceed(vector, pool.Protocol, swap.Error)) return;
        check.Equal("amountIn", vector.Text("amountIn"), swap.AmountIn);
        check.Equal("amountOut", vector.Text("amountOut"), swap.AmountOut);
        check.Equal("postSqrtPrice", vector.Text("postSqrtPrice"), swap.SqrtPrice);
        check.Equal("postLiquidity", vector.Text("postLiquidity"), swap.Liquidity);
        check.Equal("postTick", vector.Text("postTick"), swap.Tick.ToString(CultureInfo.InvariantCulture));
        check.Equal("lpFee", vector.Text("lpFee"), swap.LiquidityFee);
        check.Equal("protocolFee", vector.Text("protocolFee"), swap.ProtocolFee);
        var isAIn = vector.Direction == SwapDirection.AToB;
        var (owedA, owedB) = (Owed(pool, OwedA), Owed(pool, OwedB));
        check.Equal("postFeeOwedA", vector.Text("postFeeOwedA"), owedA + (isAIn ? swap.ProtocolFee : 0));
        check.Equal("postFeeOwedB", vector.Text("postFeeOwedB"), owedB + (isAIn ? 0 : swap.ProtocolFee));
        if (vector.IsExactIn && limit == 0) CheckExecution(pool, swap.TicksCrossed, state, vector, check);
    }

    /// <summary>The same swap on the account bytes; one of too many crossings is refused.</summary>
    private static void CheckExecution(
        WhirlpoolPool pool, int ticksCrossed, PoolStateRecord state, SwapVector vector, VectorCheck check)
    {
        var executed = pool.Execute(vector.Direction, vector.Amount, state.Clock, writeVersion: 2);
        if (ticksCrossed > CrossingsMax)
        {
            check.Equal("executed error", nameof(QuoteError.TooManyCrossings), executed.Error.ToString());
            return;
        }
        if (!check.BothSucceed(vector, pool.Protocol, executed.Error)) return;
        check.Equal("executed amountIn", vector.Text("amountIn"), executed.AmountIn.Units);
        check.Equal("executed amountOut", vector.Text("amountOut"), executed.AmountOut.Units);
        check.Equal("executed postSqrtPrice", vector.Text("postSqrtPrice"), pool.SqrtPrice);
        check.Equal("executed postLiquidity", vector.Text("postLiquidity"), pool.Liquidity);
        check.Equal("executed postFeeOwedA", vector.Text("postFeeOwedA"), Owed(pool, OwedA));
        check.Equal("executed postFeeOwedB", vector.Text("postFeeOwedB"), Owed(pool, OwedB));
    }

    private static ulong Owed(WhirlpoolPool pool, int offset) => PoolLoader.Field(pool, pool.Id.Address, offset);
}
