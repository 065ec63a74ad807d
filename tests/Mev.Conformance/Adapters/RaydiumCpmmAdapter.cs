using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Pools.RaydiumCpmm;
using Mev.Domain.Pools.Tokens;

namespace Mev.Conformance.Adapters;

/// <summary>Raydium CPMM: amounts, both vaults and everything owed after the swap.</summary>
internal sealed class RaydiumCpmmAdapter : IProtocolAdapter
{
    private static readonly (string Name, int Offset)[] Owed =
    [
        ("protocol0", RaydiumCpmmLayout.ProtocolOwed), ("protocol1", RaydiumCpmmLayout.ProtocolOwed + 8),
        ("fund0", RaydiumCpmmLayout.FundOwed), ("fund1", RaydiumCpmmLayout.FundOwed + 8),
        ("creator0", RaydiumCpmmLayout.CreatorOwed), ("creator1", RaydiumCpmmLayout.CreatorOwed + 8),
    ];

    /// <inheritdoc/>
    public string Protocol => "raydium-cpmm";

    /// <inheritdoc/>
    public void Check(PoolStateRecord state, SwapVector vector, VectorCheck check)
    {
        if (PoolLoader.Load<RaydiumCpmmPool>(state, check) is not { } pool) return;
        var quote = vector.IsExactIn
            ? pool.QuoteExactIn(vector.Direction, vector.Amount, state.Clock)
            : pool.QuoteExactOut(vector.Direction, vector.Amount, state.Clock);
        if (!check.BothSucceed(vector, pool.Protocol, quote.Error)) return;
        check.Equal("userIn", vector.Text("userIn"), quote.AmountIn.Units);
        check.Equal("userOut", vector.Text("userOut"), quote.AmountOut.Units);

        var executed = vector.IsExactIn
            ? pool.Execute(vector.Direction, vector.Amount, state.Clock, writeVersion: 2)
            : pool.ExecuteExactOut(vector.Direction, vector.Amount, state.Clock, writeVersion: 2);
        check.Equal("executed", quote.ToString(), executed.ToString());
        foreach (var (name, index) in new[] { ("postVault0", 2), ("postVault1", 3) })
        {
            var vault = PoolLoader.Field(pool, pool.Accounts[index].Key, TokenLayout.AccountAmount);
            check.Equal(name, vector.Text(name), vault);
        }
        var owed = vector.Json.GetProperty("postOwed");
        foreach (var (name, offset) in Owed)
        {
            check.Equal(
                "postOwed." + name, owed.GetProperty(name).ToString(), PoolLoader.Field(pool, pool.Id.Address, offset));
        }
    }
}
