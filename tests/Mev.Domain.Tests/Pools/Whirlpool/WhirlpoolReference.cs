using System.Numerics;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;

namespace Mev.Domain.Tests.Pools.Whirlpool;

/// <summary>
/// The rules of a swap written down a second time, slowly, in big integers and with a search through ticks one by one:
/// what the fast walk is held against where no vector reaches.
/// </summary>
internal sealed class WhirlpoolReference(WhirlpoolBytes pool, (int Tick, Int128 Net)[] ticks)
{
    private static readonly BigInteger Q = BigInteger.One << 64;
    private static readonly BigInteger U64End = BigInteger.One << 64;

    private BigInteger _price = pool.SqrtPrice;
    private BigInteger _liquidity = pool.Liquidity;
    private int _tick = TickMath.TickAt(pool.SqrtPrice);
    private BigInteger _remaining;
    private BigInteger _other;
    private int _crossed;

    public WhirlpoolSwap Swap(bool isDown, bool isExactIn, ulong amount)
    {
        _remaining = amount;
        var limit = (BigInteger)(isDown ? TickMath.SqrtPriceMin : TickMath.SqrtPriceMax);
        var position = isDown ? _tick : _tick + pool.Spacing;
        var start = (int)Math.Floor((double)position / pool.Span) * pool.Span;
        var edge = isDown
            ? Math.Max(start - 2 * pool.Span, TickMath.TickMin)
            : Math.Min(start + 3 * pool.Span - 1, TickMath.TickMax);
        var isBeyond = false;
        while (_remaining > 0 && _price != limit)
        {
            if (isBeyond) return Refused(QuoteError.TickArraySequenceInvalidIndex);
            int? next = isDown
                ? ticks.Where(tick => tick.Tick <= _tick && tick.Tick >= edge).Max(tick => (int?)tick.Tick)
                : ticks.Where(tick => tick.Tick > _tick && tick.Tick <= edge).Min(tick => (int?)tick.Tick);
            if (!Step(TickMath.PriceAt(next ?? edge), isDown, isExactIn)) return Refused(QuoteError.Overflow);
            if (_price != TickMath.PriceAt(next ?? edge)) continue;
            _tick = isDown ? (next ?? edge) - 1 : next ?? edge;
            isBeyond = next is null;
            if (next is null) continue;
            var net = (BigInteger)ticks.Single(tick => tick.Tick == next).Net;
            _liquidity += isDown ? -net : net;
            _crossed++;
            if (_liquidity.Sign < 0) return Refused(QuoteError.Overflow);
        }
        if (!isExactIn && _remaining > 0) return Refused(QuoteError.PartialFill);
        var used = amount - _remaining;
        return new WhirlpoolSwap
        {
            AmountIn = (ulong)(isExactIn ? used : _other),
            AmountOut = (ulong)(isExactIn ? _other : used),
            SqrtPrice = (UInt128)_price,
            Liquidity = (UInt128)_liquidity,
            TicksCrossed = _crossed,
        };
    }

    private bool Step(UInt128 target, bool isDown, bool isExactIn)
    {
        var fee = (BigInteger)pool.FeeRate;
        var net = isExactIn ? _remaining * (1_000_000 - fee) / 1_000_000 : _remaining;
        var isA = isDown == isExactIn;
        var full = Delta(target, isA, isExactIn);
        // The program forms this product for the next price in 256 bits.
        if (isA && !(full < U64End && full <= net) && _liquidity * _price * Q >= BigInteger.One << 256) return false;
        var next = full < U64End && full <= net ? target : Next(net, isA, isExactIn);
        var specified = next == target ? full : Delta(next, isA, isExactIn);
        var other = Delta(next, !isA, !isExactIn);
        if (specified >= U64End || other >= U64End) return false;
        if (isExactIn)
        {
            var taken = next != target ? _remaining : specified + Ceiling(specified * fee, 1_000_000 - fee);
            _remaining -= taken;
            _other += other;
        }
        else
        {
            _remaining -= BigInteger.Min(specified, _remaining);
            _other += other + Ceiling(other * fee, 1_000_000 - fee);
        }
        _price = next;
        return _other < U64End;
    }

    private BigInteger Delta(BigInteger to, bool isA, bool roundUp)
    {
        var (low, high) = (BigInteger.Min(_price, to), BigInteger.Max(_price, to));
        var (over, under) = isA ? (_liquidity * (high - low) * Q, low * high) : (_liquidity * (high - low), Q);
        return roundUp ? Ceiling(over, under) : over / under;
    }

    private BigInteger Next(BigInteger net, bool isA, bool isInput) => (isA, isInput) switch
    {
        (true, true) => Ceiling(_liquidity * Q * _price, _liquidity * Q + net * _price),
        (true, false) => Ceiling(_liquidity * Q * _price, _liquidity * Q - net * _price),
        (false, true) => _price + net * Q / _liquidity,
        (false, false) => _price - Ceiling(net * Q, _liquidity),
    };

    private WhirlpoolSwap Refused(QuoteError error) => new() { Error = error, TicksCrossed = _crossed };

    private static BigInteger Ceiling(BigInteger over, BigInteger under) => (over + under - 1) / under;
}
