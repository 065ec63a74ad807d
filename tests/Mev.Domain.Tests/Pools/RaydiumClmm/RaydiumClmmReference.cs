using System.Numerics;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.RaydiumClmm;

/// <summary>
/// The rules of a swap written down a second time, slowly, in big integers, with the program's own order of roundings
/// and a search through all ticks: what the fast walk is held against where no vector reaches.
/// </summary>
internal sealed class RaydiumClmmReference(RaydiumClmmBytes pool)
{
    private const int ArraysPerSwap = 5;

    private static readonly BigInteger Q = BigInteger.One << 64;
    private static readonly BigInteger U64End = BigInteger.One << 64;
    private static readonly BigInteger Million = 1_000_000;

    private BigInteger _price = pool.SqrtPrice;
    private BigInteger _liquidity = pool.Liquidity;
    private int _tick = pool.Tick ?? RaydiumTickMath.TickAt(pool.SqrtPrice);
    private BigInteger _remaining;
    private BigInteger _other;
    private BigInteger _protocol;
    private BigInteger _fund;
    private BigInteger _fees;
    private int _crossed;

    public RaydiumClmmSwap Swap(bool isDown, bool isExactIn, ulong amount)
    {
        _remaining = amount;
        BigInteger limit = isDown ? RaydiumTickMath.SqrtPriceMin + 1 : RaydiumTickMath.SqrtPriceMax - 1;
        if (isDown ? limit >= _price : limit <= _price) return Refused(QuoteError.SqrtPriceOutOfBounds);
        var start = pool.StartOf(_tick);
        var starts = pool.Ticks.Select(tick => pool.StartOf(tick.Tick)).Distinct()
            .Where(other => isDown ? other <= start : other >= start)
            .OrderBy(other => Math.Abs((long)other - start)).ToList();
        var reach = starts.Take(ArraysPerSwap).ToHashSet();
        while (_remaining > 0 && _price != limit)
        {
            var ahead = pool.Ticks.Where(tick => reach.Contains(pool.StartOf(tick.Tick)))
                .Where(tick => isDown ? tick.Tick <= _tick : tick.Tick > _tick)
                .OrderBy(tick => Math.Abs((long)tick.Tick - _tick)).ToList();
            if (ahead.Count == 0) return Refused(EndOf(starts));
            var next = ahead[0];
            BigInteger stop = RaydiumTickMath.PriceAt(next.Tick);
            if (!Step(isDown ? BigInteger.Max(stop, limit) : BigInteger.Min(stop, limit), isDown, isExactIn))
                return Refused(QuoteError.Overflow);
            if (_price != stop) continue;
            _tick = isDown ? next.Tick - 1 : next.Tick;
            _liquidity += isDown ? -(BigInteger)next.Net : (BigInteger)next.Net;
            _crossed++;
            if (_liquidity.Sign < 0) return Refused(QuoteError.Overflow);
        }
        var used = amount - _remaining;
        if (used.IsZero || _other.IsZero) return Refused(QuoteError.ZeroResult);
        if (_remaining > 0) return Refused(QuoteError.PartialFill);
        return new RaydiumClmmSwap
        {
            AmountIn = (ulong)(isExactIn ? used : _other),
            AmountOut = (ulong)(isExactIn ? _other : used),
            SqrtPrice = (UInt128)_price,
            Liquidity = (UInt128)_liquidity,
            ProtocolFee = (ulong)_protocol,
            FundFee = (ulong)_fund,
            LiquidityFee = (ulong)_fees,
            TicksCrossed = _crossed,
        };
    }

    private static QuoteError EndOf(List<int> starts) => starts.Count switch
    {
        0 => QuoteError.LiquidityInsufficientForDirection,
        > ArraysPerSwap => QuoteError.NotEnoughTickArrays,
        _ => QuoteError.LiquidityInsufficient,
    };

    private bool Step(BigInteger target, bool isDown, bool isExactIn)
    {
        BigInteger rate = pool.TradeRate;
        var net = isExactIn ? _remaining * (Million - rate) / Million : _remaining;
        var isA = isDown == isExactIn;
        var full = Delta(target, isA, isExactIn);
        var isReached = full < U64End && full <= net;
        // Our own bound, far above all liquidity that two vaults can make: the product is kept in 256 bits.
        if (isA && !isReached && _liquidity * _price * Q >= BigInteger.One << 256) return false;
        var next = isReached ? target : Next(net, isA, isExactIn);
        var specified = next == target ? full : Delta(next, isA, isExactIn);
        var other = Delta(next, !isA, !isExactIn);
        if (specified >= U64End || other >= U64End) return false;
        BigInteger fee;
        if (isExactIn)
        {
            fee = next != target ? _remaining - specified : Ceiling(specified * rate, Million - rate);
            _remaining -= specified + fee;
            _other += other;
        }
        else
        {
            fee = Ceiling(other * rate, Million - rate);
            _remaining -= BigInteger.Min(specified, _remaining);
            _other += other + fee;
        }
        _price = next;
        _protocol += fee * pool.ProtocolRate / Million;
        _fund += fee * pool.FundRate / Million;
        if (!_liquidity.IsZero) _fees += fee - fee * pool.ProtocolRate / Million - fee * pool.FundRate / Million;
        return _other < U64End;
    }

    // Divided in two steps with a rounding after each, as the program does.
    private BigInteger Delta(BigInteger to, bool isA, bool roundUp)
    {
        var (low, high) = (BigInteger.Min(_price, to), BigInteger.Max(_price, to));
        if (!isA) return Divide(_liquidity * (high - low), Q, roundUp);
        return Divide(Divide(_liquidity * Q * (high - low), high, roundUp), low, roundUp);
    }

    private BigInteger Next(BigInteger net, bool isA, bool isInput) => (isA, isInput) switch
    {
        (true, true) => Ceiling(_liquidity * Q * _price, _liquidity * Q + net * _price),
        (true, false) => Ceiling(_liquidity * Q * _price, _liquidity * Q - net * _price),
        (false, true) => _price + net * Q / _liquidity,
        (false, false) => _price - Ceiling(net * Q, _liquidity),
    };

    private RaydiumClmmSwap Refused(QuoteError error) => new() { Error = error, TicksCrossed = _crossed };

    private static BigInteger Divide(BigInteger over, BigInteger under, bool roundUp) =>
        roundUp ? Ceiling(over, under) : over / under;

    private static BigInteger Ceiling(BigInteger over, BigInteger under) => (over + under - 1) / under;
}
