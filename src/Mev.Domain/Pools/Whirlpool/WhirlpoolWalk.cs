using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// The program's swap loop over prepared ticks: step by step from the current price to the next initialised tick, until
/// the amount is used up, the limit is reached or the window ends.
/// </summary>
internal ref struct WhirlpoolWalk<TVariant, TTrace>
    where TVariant : struct, ISwapVariant
    where TTrace : struct, ISwapTrace
{
    private readonly ReadOnlySpan<InitialisedTick> _ticks;
    private readonly ref readonly WhirlpoolWindow _window;
    private readonly UInt128 _limit;
    private readonly ulong _feeRate;
    private readonly int _position;

    /// <summary>Starts at the pool's state with <paramref name="amount"/> of the specified side to go.</summary>
    public WhirlpoolWalk(ref readonly WhirlpoolState state, ulong amount, UInt128 limit)
    {
        _ticks = state.Ticks;
        _window = ref TVariant.IsDown ? ref state.Down : ref state.Up;
        _limit = limit;
        _feeRate = state.FeeRate;
        _position = state.Position;
        Price = state.SqrtPrice;
        Liquidity = state.Liquidity;
        Tick = state.Tick;
        Remaining = amount;
    }

    /// <summary>The price reached.</summary>
    public UInt128 Price { get; private set; }

    /// <summary>Liquidity in range there.</summary>
    public UInt128 Liquidity { get; private set; }

    /// <summary>The last tick passed; the price has left it when <see cref="IsBetweenTicks"/>.</summary>
    public int Tick { get; private set; }

    /// <summary>
    /// The last step moved the price and ended short of its tick, so the tick follows from the price.
    /// </summary>
    public bool IsBetweenTicks { get; private set; }

    /// <summary>What is left of the specified amount.</summary>
    public ulong Remaining { get; private set; }

    /// <summary>
    /// Total of the other side: output of an exact-in walk; input, fee included, of an exact-out one.
    /// </summary>
    public ulong Other { get; private set; }

    /// <summary>Initialised ticks crossed.</summary>
    public int TicksCrossed { get; private set; }

    /// <summary>
    /// Amounts of an exact-in swap that ends before the first tick; false, and nothing done, for any other.
    /// </summary>
    public bool TryRunShort()
    {
        if (_window.IsShut) return false;
        var isTick = TVariant.IsDown ? _position > _window.Bound : _position < _window.Bound;
        var stop = isTick ? _ticks[TVariant.IsDown ? _position - 1 : _position].SqrtPrice : _window.EdgePrice;
        var step = new SwapStep<TVariant, TTrace>(Price, Liquidity, Remaining, _feeRate);
        if (!step.TryTakeShort(stop)) return false;
        (Price, Remaining, Other) = (step.Price, step.Remaining, step.Other);
        return true;
    }

    /// <summary>Walks to the end and says why the program would refuse.</summary>
    public QuoteError Run(ref TTrace trace)
    {
        if (_window.IsShut) return EdgeError();
        var step = new SwapStep<TVariant, TTrace>(Price, Liquidity, Remaining, _feeRate);
        var position = _position;
        var error = QuoteError.None;
        while (error == QuoteError.None && step.Remaining != 0 && step.Price != _limit)
        {
            var isTick = TVariant.IsDown ? position > _window.Bound : position < _window.Bound;
            var stop = isTick ? _ticks[TVariant.IsDown ? position - 1 : position].SqrtPrice : _window.EdgePrice;
            var target = TVariant.IsDown == (_limit > stop) ? _limit : stop;
            var before = step.Price;
            if (!step.TryTake(target, ref trace)) return QuoteError.Overflow;
            if (step.Price != stop)
            {
                IsBetweenTicks = step.Price != before;
            }
            else if (isTick)
            {
                ref readonly var tick = ref _ticks[TVariant.IsDown ? --position : position++];
                TicksCrossed++;
                Tick = TVariant.IsDown ? tick.Index - 1 : tick.Index;
                if (!step.TryCross(tick.LiquidityNet)) return QuoteError.Overflow;
                if (TTrace.WantsFees) trace.OnCrossed(tick.Index);
            }
            else
            {
                Tick = TVariant.IsDown ? _window.EdgeTick - 1 : _window.EdgeTick;
                if (_window.IsOpaque || (step.Remaining != 0 && step.Price != _limit)) error = EdgeError();
            }
        }
        (Price, Liquidity, Remaining, Other) = (step.Price, step.Liquidity, step.Remaining, step.Other);
        return error;
    }

    private readonly QuoteError EdgeError() =>
        _window.IsOpaque ? QuoteError.NotQuotable : QuoteError.TickArraySequenceInvalidIndex;
}
