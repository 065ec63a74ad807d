using System.Globalization;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;

namespace Mev.Conformance.Adapters;

/// <summary>
/// Meteora DLMM: amounts, fees, the pair's state after the swap and the fields of the program's event, by the clock and
/// the bin arrays of each vector.
/// </summary>
internal sealed class MeteoraDlmmAdapter : IProtocolAdapter
{
    /// <inheritdoc/>
    public string Protocol => "meteora-dlmm";

    /// <inheritdoc/>
    public void Check(PoolStateRecord state, SwapVector vector, VectorCheck check)
    {
        if (PoolLoader.Load<MeteoraDlmmPool>(state, check) is not { } pool) return;
        var clock = vector.ClockOr(state.Clock);
        var startBin = pool.ActiveBin;
        CheckOrders(pool, vector, check);
        var swap = pool.Swap(vector.Direction, vector.Amount, vector.IsExactIn, clock, vector.Arrays.ToArray());
        if (!check.BothSucceed(vector, pool.Protocol, swap.Error)) return;
        check.Equal("amountIn", vector.Text("amountIn"), swap.AmountIn);
        check.Equal("amountOut", vector.Text("amountOut"), swap.AmountOut);
        check.Equal("postActiveId", vector.Text("postActiveId"), Text(swap.ActiveBin));
        check.Equal("postVolAcc", vector.Text("postVolAcc"), swap.Accumulator);
        check.Equal("postVolRef", vector.Text("postVolRef"), swap.Reference);
        check.Equal("postIndexRef", vector.Text("postIndexRef"), Text(swap.IndexReference));
        check.Equal("postLastUpdate", vector.Text("postLastUpdate"), Text(swap.LastUpdate));
        check.Equal("startBin", vector.Text("startBin"), Text(startBin));
        check.Equal("endBin", vector.Text("endBin"), Text(swap.ActiveBin));
        check.Equal("evIn", vector.Text("evIn"), swap.AmountIn);
        check.Equal("evOut", vector.Text("evOut"), swap.ReserveOut);
        check.Equal("fee", vector.Text("fee"), swap.Fee);
        check.Equal("protocolFee", vector.Text("protocolFee"), swap.ProtocolFee);
        check.Equal("feeBps1e9", vector.Text("feeBps1e9"), swap.FeeRate);
        if (vector.IsExactIn) CheckExecution(pool, swap, vector, clock, check);
    }

    private static void CheckOrders(MeteoraDlmmPool pool, SwapVector vector, VectorCheck check)
    {
        if (vector.Json.TryGetProperty("limitOrdersCount", out var doCount))
            check.Equal("limitOrdersCount", $"{doCount.GetBoolean()}", $"{pool.DoOrdersCount}");
    }

    /// <summary>The same swap on the account bytes, which then say what the program's did.</summary>
    private static void CheckExecution(
        MeteoraDlmmPool pool, in MeteoraDlmmSwap swap, SwapVector vector, in ChainClock clock, VectorCheck check)
    {
        var owed = Owed(pool);
        var quote = pool.QuoteExactIn(vector.Direction, vector.Amount, clock);
        var executed = pool.Execute(vector.Direction, vector.Amount, clock, writeVersion: 2);
        check.Equal("executed", quote.ToString(), executed.ToString());
        check.Equal("executed amountIn", vector.Text("amountIn"), executed.AmountIn.Units);
        check.Equal("executed amountOut", vector.Text("amountOut"), executed.AmountOut.Units);
        var data = pool.Accounts[0].Data;
        check.Equal("executed postActiveId", vector.Text("postActiveId"), Text(pool.ActiveBin));
        check.Equal(
            "executed postVolAcc", vector.Text("postVolAcc"),
            BitConverter.ToUInt32(data[MeteoraDlmmLayout.Accumulator..]));
        check.Equal(
            "executed postVolRef", vector.Text("postVolRef"),
            BitConverter.ToUInt32(data[MeteoraDlmmLayout.Reference..]));
        check.Equal(
            "executed postIndexRef", vector.Text("postIndexRef"),
            Text(BitConverter.ToInt32(data[MeteoraDlmmLayout.IndexReference..])));
        check.Equal(
            "executed postLastUpdate", vector.Text("postLastUpdate"),
            Text(BitConverter.ToInt64(data[MeteoraDlmmLayout.LastUpdate..])));
        check.Equal("executed protocolFee", vector.Text("protocolFee"), Owed(pool) - owed);
        check.Equal("executed defect", nameof(PoolDefect.None), pool.Defect.ToString());
        check.Equal("executed bins", Text(swap.BinsEntered), Text(executed.TicksCrossed));
    }

    private static UInt128 Owed(MeteoraDlmmPool pool) =>
        (UInt128)PoolLoader.Field(pool, pool.Id.Address, MeteoraDlmmLayout.ProtocolFeeX)
        + PoolLoader.Field(pool, pool.Id.Address, MeteoraDlmmLayout.ProtocolFeeY);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
