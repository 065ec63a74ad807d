using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Cycles;

/// <summary>A cycle in whole units: exact quotes chained, forwards and backwards. Amounts stay below 2^63.</summary>
internal sealed class ExactCycle
{
    private const long AmountMax = long.MaxValue / 2;
    private const long RoundingStepMax = 64;

    private readonly Pool[] _pools = new Pool[CycleIndex.HopsMax];
    private readonly SwapDirection[] _directions = new SwapDirection[CycleIndex.HopsMax];
    private readonly SizedHop[] _run = new SizedHop[CycleIndex.HopsMax];
    private readonly RelaxedCycle _relaxed;
    private readonly int _ticksCrossedMax;
    private ChainClock _clock;

    /// <summary>A cycle that knows its relaxation, which must have been maximised for the same one.</summary>
    public ExactCycle(RelaxedCycle relaxed, int ticksCrossedMax) =>
        (_relaxed, _ticksCrossedMax) = (relaxed, ticksCrossedMax);

    /// <summary>Hops of the cycle.</summary>
    public int HopCount { get; private set; }

    /// <summary>Quotes made since the cycle was bound.</summary>
    public int Quotes { get; private set; }

    /// <summary>Why the last run gave nothing; <see cref="QuoteError.ZeroResult"/> also for an output of 0.</summary>
    public QuoteError Error { get; private set; }

    public ReadOnlySpan<Pool> Pools => _pools.AsSpan(0, HopCount);

    public ReadOnlySpan<SwapDirection> Directions => _directions.AsSpan(0, HopCount);

    /// <summary>The hops of the last run from hop 0.</summary>
    public ReadOnlySpan<SizedHop> LastRun => _run.AsSpan(0, HopCount);

    /// <summary>A larger amount could succeed where the last run gave nothing.</summary>
    public bool IsTooSmall => Error is QuoteError.ZeroResult or QuoteError.ZeroAmount;

    public void Bind(ReadOnlySpan<int> edges, ReadOnlySpan<Pool> pools, in ChainClock clock)
    {
        (HopCount, Quotes, _clock) = (edges.Length, 0, clock);
        for (var i = 0; i < edges.Length; i++)
        {
            _pools[i] = pools[edges[i] >> 1];
            _directions[i] = (SwapDirection)(edges[i] & 1);
        }
    }

    /// <summary>Output when the amount enters a hop; 0 and <see cref="Error"/> when a hop refuses.</summary>
    public long OutputFrom(int hop, long amountUnits)
    {
        var ticks = 0;
        Error = QuoteError.None;
        for (var i = hop; i < HopCount; i++)
        {
            var quote = Ask(i, amountUnits);
            ticks += quote.TicksCrossed;
            if (!quote.IsOk) Error = quote.Error;
            else if (quote.AmountOut.Units == 0) Error = QuoteError.ZeroResult;
            else if (quote.AmountOut.Units > long.MaxValue) Error = QuoteError.Overflow;
            else if (ticks > _ticksCrossedMax) Error = QuoteError.TooManyCrossings;
            if (Error != QuoteError.None) return 0;
            _run[i] = new SizedHop(quote.AmountIn, quote.AmountOut, quote.TicksCrossed);
            amountUnits = (long)quote.AmountOut.Units;
        }
        return amountUnits;
    }

    /// <summary>The least input of the cycle that brings at least the amount into a hop; 0 when none does.</summary>
    public long LeastInputFor(int hop, long amountUnits)
    {
        for (var i = hop - 1; i >= 0 && amountUnits > 0; i--) amountUnits = LeastInputOf(i, amountUnits);
        return amountUnits;
    }

    /// <summary>The least input of a hop that yields at least the target; 0 when none does.</summary>
    // The program's own exact-out answer is where to look, or the relaxation where it has none; exact-in quotes decide,
    // as exact-in swaps are what is sent.
    public long LeastInputOf(int hop, long target)
    {
        var (enough, stepMax) = LookAt(hop, target);
        if (enough is <= 0 or > AmountMax) return 0;
        for (var up = 1L; !Yields(hop, enough, target); up *= 2)
        {
            if (up > stepMax || enough > AmountMax - up) return 0;
            enough += up;
        }
        var tooLittle = 0L;
        for (var step = 1L; step < enough; step *= 2)
        {
            if (!Yields(hop, enough - step, target))
            {
                tooLittle = enough - step;
                break;
            }
            enough -= step;
        }
        while (enough - tooLittle > 1)
        {
            var middle = tooLittle + (enough - tooLittle) / 2;
            if (Yields(hop, middle, target)) enough = middle;
            else tooLittle = middle;
        }
        return enough;
    }

    // Where the least input may lie, and at which step up it is given up: rounding is a few units, and a relaxation is
    // off by less than a thousandth; an answer further off is none.
    private (long Near, long StepMax) LookAt(int hop, long target)
    {
        Quotes++;
        var quote = _pools[hop].QuoteExactOut(_directions[hop], new TokenAmount((ulong)target), _clock);
        if (quote.IsOk) return ((long)Math.Min(quote.AmountIn.Units, long.MaxValue), RoundingStepMax);
        if (quote.Error != QuoteError.NoExactOut) return (0, 0);
        var near = _relaxed.InputOf(hop, target);
        if (!(near < AmountMax)) return (0, 0);
        var units = Math.Max(1, (long)near);
        return (units, Math.Max(RoundingStepMax, units / 1_000));
    }

    private bool Yields(int hop, long amountUnits, long target)
    {
        var quote = Ask(hop, amountUnits);
        return quote.IsOk && quote.AmountOut.Units >= (ulong)target;
    }

    private Quote Ask(int hop, long amountUnits)
    {
        Quotes++;
        return _pools[hop].QuoteExactIn(_directions[hop], new TokenAmount((ulong)amountUnits), _clock);
    }
}
