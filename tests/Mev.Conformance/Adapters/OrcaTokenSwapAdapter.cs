using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Pools;
using Mev.Domain.Pools.OrcaTokenSwap;
using Mev.Domain.Pools.Tokens;

namespace Mev.Conformance.Adapters;

/// <summary>Orca token-swap: amounts, what is taken of an input among them, and both vaults.</summary>
internal sealed class OrcaTokenSwapAdapter : IProtocolAdapter
{
    /// <inheritdoc/>
    public string Protocol => "orca-token-swap";

    /// <inheritdoc/>
    public void Check(PoolStateRecord state, SwapVector vector, VectorCheck check)
    {
        if (PoolLoader.Load<OrcaTokenSwapPool>(state, check) is not { } pool) return;
        var quote = pool.QuoteExactIn(vector.Direction, vector.Amount, state.Clock);
        if (!check.BothSucceed(vector, pool.Protocol, quote.Error)) return;
        check.Equal("amountIn", vector.Text("amountIn"), quote.AmountIn.Units);
        check.Equal("amountOut", vector.Text("amountOut"), quote.AmountOut.Units);
        var (placeIn, placeOut) = vector.Direction == SwapDirection.AToB ? (1, 2) : (2, 1);
        var vaultIn = Vault(pool, placeIn) + quote.AmountIn.Units;
        var vaultOut = Vault(pool, placeOut) - quote.AmountOut.Units;
        var executed = pool.Execute(vector.Direction, vector.Amount, state.Clock, writeVersion: 2);
        check.Equal("executed", quote.ToString(), executed.ToString());
        check.Equal("vault in", $"{vaultIn}", Vault(pool, placeIn));
        check.Equal("vault out", $"{vaultOut}", Vault(pool, placeOut));
    }

    private static ulong Vault(OrcaTokenSwapPool pool, int place) =>
        PoolLoader.Field(pool, pool.Accounts[place].Key, TokenLayout.AccountAmount);
}
