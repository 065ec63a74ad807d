using System.Buffers.Binary;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Pools.MeteoraDammV2;

namespace Mev.Conformance.Adapters;

/// <summary>Meteora DAMM v2: amounts, and price, volatility and protocol fees after the swap.</summary>
internal sealed class MeteoraDammV2Adapter : IProtocolAdapter
{
    /// <inheritdoc/>
    public string Protocol => "meteora-damm-v2";

    /// <inheritdoc/>
    public void Check(PoolStateRecord state, SwapVector vector, VectorCheck check)
    {
        if (PoolLoader.Load<MeteoraDammV2Pool>(state, check) is not { } pool) return;
        var clock = vector.ClockOr(state.Clock);
        var quote = pool.QuoteExactIn(vector.Direction, vector.Amount, clock);
        if (!check.BothSucceed(vector, pool.Protocol, quote.Error)) return;
        check.Equal("amountIn", vector.Text("amountIn"), quote.AmountIn.Units);
        check.Equal("amountOut", vector.Text("amountOut"), quote.AmountOut.Units);
        var executed = pool.Execute(vector.Direction, vector.Amount, clock, writeVersion: 2);
        check.Equal("executed", quote.ToString(), executed.ToString());
        var data = pool.Accounts[0].Data;
        foreach (var (name, offset) in new[]
        {
            ("postSqrtPrice", MeteoraDammV2Layout.SqrtPrice), ("postVolAcc", MeteoraDammV2Layout.Volatility),
        })
        {
            check.Equal(name, vector.Text(name), BinaryPrimitives.ReadUInt128LittleEndian(data[offset..]));
        }
        foreach (var (name, offset) in new[]
        {
            ("postProtocolA", MeteoraDammV2Layout.ProtocolFeeA), ("postProtocolB", MeteoraDammV2Layout.ProtocolFeeB),
        })
        {
            check.Equal(name, vector.Text(name), BinaryPrimitives.ReadUInt64LittleEndian(data[offset..]));
        }
    }
}
