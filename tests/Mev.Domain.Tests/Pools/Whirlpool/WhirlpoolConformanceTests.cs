using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;
using static Mev.Domain.Tests.Pools.Whirlpool.WhirlpoolVectors;

namespace Mev.Domain.Tests.Pools.Whirlpool;

public sealed class WhirlpoolConformanceTests
{
    [Fact]
    public void Every_vector_agrees_in_amounts_fees_state_and_refusal()
    {
        var pools = VectorPools();
        var count = 0;
        var mismatches = new List<string>();
        foreach (var line in Swaps())
        {
            count++;
            var pool = pools[line.GetProperty("pool").GetString()!];
            var limit = Wide(line, "sqrtPriceLimit");
            var swap = pool.Swap(Direction(line), Amount(line), IsExactIn(line), limit);
            var difference = Compare(line, pool, swap);
            if (difference.Length > 0) mismatches.Add($"{line.GetProperty("id")}: {difference}");
        }
        Assert.Empty(mismatches);
        Assert.Equal(1820, count);
    }

    [Fact]
    public void Quotes_give_the_amounts_of_the_full_swap_up_to_the_crossing_limit()
    {
        var pools = VectorPools();
        foreach (var line in Swaps().Where(line => Wide(line, "sqrtPriceLimit") == UInt128.Zero))
        {
            var pool = pools[line.GetProperty("pool").GetString()!];
            var (direction, amount) = (Direction(line), Amount(line));
            var swap = pool.Swap(direction, amount, IsExactIn(line));
            var quote = IsExactIn(line)
                ? pool.QuoteExactIn(direction, amount, NoClock)
                : pool.QuoteExactOut(direction, amount, NoClock);
            var error = swap.Error == QuoteError.None && swap.TicksCrossed > 175
                ? QuoteError.TooManyCrossings
                : swap.Error;
            Assert.Equal(error, quote.Error);
            if (error == QuoteError.None)
                Assert.Equal(Quote.Of(swap.AmountIn, swap.AmountOut, swap.TicksCrossed), quote);
        }
    }

    private static string Compare(JsonElement line, WhirlpoolPool pool, in WhirlpoolSwap swap)
    {
        if (line.TryGetProperty("error", out var error))
        {
            var name = QuoteErrors.ProgramName(Protocol.Whirlpool, swap.Error);
            // Out of compute units: the arithmetic itself may go either way, but then it has crossed too many ticks.
            if (error.GetString()!.StartsWith("exceeded CUs", StringComparison.Ordinal))
                return swap.TicksCrossed > 175 ? "" : $"{swap.TicksCrossed} crossings";
            return name == error.GetString() ? "" : $"{name} instead of {error}";
        }
        if (swap.Error != QuoteError.None) return $"refused: {swap.Error}";
        var account = pool.Accounts[0].Data;
        var (owedA, owedB) = (BitConverter.ToUInt64(account[85..]), BitConverter.ToUInt64(account[93..]));
        if (Direction(line) == SwapDirection.AToB) owedA += swap.ProtocolFee;
        else owedB += swap.ProtocolFee;
        (string Name, UInt128 Expected, UInt128 Actual)[] fields =
        [
            ("amountIn", Wide(line, "amountIn"), swap.AmountIn),
            ("amountOut", Wide(line, "amountOut"), swap.AmountOut),
            ("postSqrtPrice", Wide(line, "postSqrtPrice"), swap.SqrtPrice),
            ("postLiquidity", Wide(line, "postLiquidity"), swap.Liquidity),
            ("postFeeOwedA", Wide(line, "postFeeOwedA"), owedA),
            ("postFeeOwedB", Wide(line, "postFeeOwedB"), owedB),
            ("lpFee", Wide(line, "lpFee"), swap.LiquidityFee),
            ("protocolFee", Wide(line, "protocolFee"), swap.ProtocolFee),
        ];
        var different = fields.Where(field => field.Expected != field.Actual)
            .Select(field => $"{field.Name} {field.Actual} instead of {field.Expected}").ToList();
        if (line.GetProperty("postTick").GetInt32() != swap.Tick) different.Add($"postTick {swap.Tick}");
        return string.Join(", ", different);
    }

    private static TokenAmount Amount(JsonElement line) => new(Units(line, "amount"));

    private static bool IsExactIn(JsonElement line) =>
        !line.TryGetProperty("exactIn", out var exactIn) || exactIn.GetBoolean();
}
