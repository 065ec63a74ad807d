using System.Buffers.Binary;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumAmmV4;
using Mev.Domain.Pools.Tokens;

namespace Mev.Conformance.Adapters;

/// <summary>Raydium AMM v4: amounts, accumulated fees, the log that the program writes, and both vaults.</summary>
internal sealed class RaydiumAmmV4Adapter : IProtocolAdapter
{
    private const int LogLength = 57;
    private const byte LogExactIn = 3;
    private const byte LogExactOut = 4;
    private const int LogUserBalance = 25;

    /// <summary>Where the second number of the instruction stands: a least output or the wanted output.</summary>
    private const int SecondNumber = 9;
    private const int FirstNumber = 1;

    private static readonly (string Name, int Offset)[] Fees =
        [("coin2pc", RaydiumAmmV4Layout.PcFees), ("pc2coin", RaydiumAmmV4Layout.CoinFees)];

    /// <inheritdoc/>
    public string Protocol => "raydium-amm-v4";

    /// <inheritdoc/>
    public void Check(PoolStateRecord state, SwapVector vector, VectorCheck check)
    {
        if (PoolLoader.Load<RaydiumAmmV4Pool>(state, check) is not { } pool) return;
        var quote = vector.IsExactIn
            ? pool.QuoteExactIn(vector.Direction, vector.Amount, state.Clock)
            : pool.QuoteExactOut(vector.Direction, vector.Amount, state.Clock);
        if (!check.BothSucceed(vector, pool.Protocol, quote.Error)) return;
        check.Equal("userIn", vector.Text("userIn"), quote.AmountIn.Units);
        check.Equal("userOut", vector.Text("userOut"), quote.AmountOut.Units);
        var instruction = vector.Json.GetProperty("ixData").GetBytesFromBase64();
        var log = vector.Json.GetProperty("rayLog").GetBytesFromBase64();
        check.Equal("rayLog", Convert.ToHexStringLower(log), Log(pool, vector, quote, instruction, log));
        CheckState(pool, state, vector, quote, check);
    }

    /// <summary>The log's body; the user's own balance is no matter of the pool and is taken from the record.</summary>
    private static string Log(
        RaydiumAmmV4Pool pool, SwapVector vector, in Quote quote, byte[] instruction, byte[] recorded)
    {
        var body = new byte[LogLength];
        body[0] = vector.IsExactIn ? LogExactIn : LogExactOut;
        var limit = BinaryPrimitives.ReadUInt64LittleEndian(
            instruction.AsSpan(vector.IsExactIn ? SecondNumber : FirstNumber));
        var balance = BinaryPrimitives.ReadUInt64LittleEndian(recorded.AsSpan(LogUserBalance));
        ulong[] numbers =
        [
            vector.IsExactIn ? vector.Amount.Units : limit,
            vector.IsExactIn ? limit : vector.Amount.Units,
            vector.Direction == SwapDirection.AToB ? 2u : 1u,
            balance,
            pool.ReserveA.Units,
            pool.ReserveB.Units,
            vector.IsExactIn ? quote.AmountOut.Units : quote.AmountIn.Units,
        ];
        foreach (var (index, number) in numbers.Index())
            BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(1 + index * sizeof(ulong)), number);
        return Convert.ToHexStringLower(body);
    }

    private static void CheckState(
        RaydiumAmmV4Pool pool, PoolStateRecord state, SwapVector vector, in Quote quote, VectorCheck check)
    {
        var (inIndex, outIndex) = vector.Direction == SwapDirection.AToB ? (1, 2) : (2, 1);
        var vaultIn = Vault(pool, inIndex) + quote.AmountIn.Units;
        var vaultOut = Vault(pool, outIndex) - quote.AmountOut.Units;
        var executed = vector.IsExactIn
            ? pool.Execute(vector.Direction, vector.Amount, state.Clock, writeVersion: 2)
            : pool.ExecuteExactOut(vector.Direction, vector.Amount, state.Clock, writeVersion: 2);
        check.Equal("executed", quote.ToString(), executed.ToString());
        var fees = vector.Json.GetProperty("postSwapFeeAcc");
        foreach (var (name, offset) in Fees)
        {
            check.Equal(
                "postSwapFeeAcc." + name, fees.GetProperty(name).ToString(),
                PoolLoader.Field(pool, pool.Id.Address, offset));
        }
        check.Equal("vault in", $"{vaultIn}", Vault(pool, inIndex));
        check.Equal("vault out", $"{vaultOut}", Vault(pool, outIndex));
    }

    private static ulong Vault(RaydiumAmmV4Pool pool, int index) =>
        PoolLoader.Field(pool, pool.Accounts[index].Key, TokenLayout.AccountAmount);
}
