using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Cycles;

/// <summary>
/// A pool of constant-product rungs for each direction, in whole units with every rounding against the user: one rung
/// without an end is a plain constant product, several are like liquidity between ticks.
/// </summary>
internal sealed class LadderPool(PoolId id, int feePpm, LadderPool.Rung[][] rungs) : Pool(id, Protocol.Unknown)
{
    /// <summary>Takes up to <paramref name="Width"/> units before the fee; 0 means without end.</summary>
    public readonly record struct Rung(ulong Width, ulong ReserveIn, ulong ReserveOut);

    public static LadderPool Of(PoolId id, Pubkey mintA, Pubkey mintB, int feePpm, params Rung[][] rungs) =>
        new(id, feePpm, rungs) { MintA = mintA, MintB = mintB, Defect = PoolDefect.None };

    public static LadderPool Product(
        PoolId id, Pubkey mintA, Pubkey mintB, int feePpm, ulong reserveA, ulong reserveB) =>
        Of(id, mintA, mintB, feePpm, [new Rung(0, reserveA, reserveB)], [new Rung(0, reserveB, reserveA)]);

    public override ReadOnlySpan<PoolAccount> Accounts => [];

    public override bool Take(in AccountWrite write) => false;

    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => 0;

    public override void Settle()
    {
    }

    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock)
    {
        if (amountIn.Units == 0) return Quote.Refused(QuoteError.ZeroAmount);
        var (left, output, crossed) = (amountIn.Units, 0UL, 0);
        foreach (var rung in rungs[(int)direction])
        {
            var taken = rung.Width == 0 ? left : Math.Min(left, rung.Width);
            var net = taken - (ulong)(((UInt128)taken * (ulong)feePpm + 999_999) / 1_000_000);
            output += MulDiv(rung.ReserveOut, net, rung.ReserveIn + net);
            left -= taken;
            if (left == 0) return Quote.Of(amountIn.Units, output, crossed);
            crossed++;
        }
        return Quote.Refused(QuoteError.TickArraySequenceInvalidIndex);
    }

    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock)
    {
        var (low, high) = (0UL, 1UL << 62);
        foreach (var rung in rungs[(int)direction])
            high = rung.Width == 0 ? 1UL << 62 : high == 1UL << 62 ? rung.Width : high + rung.Width;
        if (!Yields(direction, high, amountOut, clock)) return Quote.Refused(QuoteError.PartialFill);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (Yields(direction, middle, amountOut, clock)) high = middle;
            else low = middle;
        }
        return Quote.Of(high, amountOut.Units);
    }

    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion) =>
        Quote.Refused(QuoteError.NotQuotable);

    public override double MarginalRate(SwapDirection direction)
    {
        var first = rungs[(int)direction][0];
        return (1 - feePpm / 1e6) * first.ReserveOut / first.ReserveIn;
    }

    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments)
    {
        var (input, output, count) = (0.0, 0.0, 0);
        var keep = 1 - feePpm / 1e6;
        foreach (var rung in rungs[(int)direction])
        {
            if (count == segments.Length) break;
            var end = rung.Width == 0 ? double.PositiveInfinity : input + rung.Width;
            segments[count++] = new CurveSegment(input, end, output, rung.ReserveIn, rung.ReserveOut, keep, 1);
            output += rung.ReserveOut * (keep * rung.Width) / (rung.ReserveIn + keep * rung.Width);
            input = end;
        }
        return count;
    }

    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts) => 0;

    public override void CopyFrom(Pool source) => throw new NotSupportedException();

    public override Pool NewEmpty() => throw new NotSupportedException();

    private bool Yields(SwapDirection direction, ulong input, TokenAmount output, in ChainClock clock)
    {
        var quote = QuoteExactIn(direction, new TokenAmount(input), clock);
        return quote.IsOk && quote.AmountOut.Units >= output.Units;
    }

    private static ulong MulDiv(ulong left, ulong right, ulong divisor)
    {
        var high = Math.BigMul(left, right, out var low);
        return high == 0 ? low / divisor : (ulong)(new UInt128(high, low) / divisor);
    }
}
