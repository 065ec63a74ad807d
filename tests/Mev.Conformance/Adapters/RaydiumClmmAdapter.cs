using System.Globalization;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Pools.RaydiumClmm;

namespace Mev.Conformance.Adapters;

/// <summary>Raydium CLMM: amounts, fees and the state after the swap, with and without a price limit.</summary>
internal sealed class RaydiumClmmAdapter : IProtocolAdapter
{
    /// <summary>u64 sums in the pool account, of which the swap's input mint gets more (specs: CLMM layout).</summary>
    private static readonly (string Name, int Offset)[] Sums =
    [
        ("postProtocolFee0", 309), ("postProtocolFee1", 317), ("postFund0", 1064), ("postFund1", 1072),
        ("totalFee0", 1032), ("totalFee1", 1048),
    ];

    /// <inheritdoc/>
    public string Protocol => "raydium-clmm";

    /// <inheritdoc/>
    public void Check(PoolStateRecord state, SwapVector vector, VectorCheck check)
    {
        if (PoolLoader.Load<RaydiumClmmPool>(state, check) is not { } pool) return;
        var limit = UInt128.Parse(vector.Text("sqrtPriceLimit"), CultureInfo.InvariantCulture);
        var swap = pool.Swap(vector.Direction, vector.Amount, vector.IsExactIn, state.Clock, limit);
        if (!check.BothSucceed(vector, pool.Protocol, swap.Error)) return;
        check.Equal("amountIn", vector.Text("amountIn"), swap.AmountIn);
        check.Equal("amountOut", vector.Text("amountOut"), swap.AmountOut);
        check.Equal("postSqrtPrice", vector.Text("postSqrtPrice"), swap.SqrtPrice);
        check.Equal("postLiquidity", vector.Text("postLiquidity"), swap.Liquidity);
        check.Equal("postTick", vector.Text("postTick"), swap.Tick.ToString(CultureInfo.InvariantCulture));
        var added = new ulong[] { swap.ProtocolFee, swap.FundFee, swap.LiquidityFee };
        foreach (var (index, (name, offset)) in Sums.Index())
        {
            var isOfInput = index % 2 == (int)vector.Direction;
            var sum = PoolLoader.Field(pool, pool.Id.Address, offset) + (isOfInput ? added[index / 2] : 0);
            check.Equal(name, vector.Text(name), sum);
        }
        if (vector.IsExactIn && limit == 0) CheckExecution(pool, state, vector, check);
    }

    /// <summary>The same swap on the account bytes.</summary>
    private static void CheckExecution(
        RaydiumClmmPool pool, PoolStateRecord state, SwapVector vector, VectorCheck check)
    {
        var executed = pool.Execute(vector.Direction, vector.Amount, state.Clock, writeVersion: 2);
        if (!check.BothSucceed(vector, pool.Protocol, executed.Error)) return;
        check.Equal("executed amountIn", vector.Text("amountIn"), executed.AmountIn.Units);
        check.Equal("executed amountOut", vector.Text("amountOut"), executed.AmountOut.Units);
        check.Equal("executed postSqrtPrice", vector.Text("postSqrtPrice"), pool.SqrtPrice);
        check.Equal("executed postLiquidity", vector.Text("postLiquidity"), pool.Liquidity);
        check.Equal("executed postTick", vector.Text("postTick"), pool.Tick.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, offset) in Sums)
            check.Equal("executed " + name, vector.Text(name), PoolLoader.Field(pool, pool.Id.Address, offset));
    }
}
