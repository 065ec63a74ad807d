using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>
/// The program's swap loop over prepared ticks: step by step from the current price to the next initialised tick, until
/// the amount is used up, the limit is reached or no tick is left.
/// </summary>
internal ref struct RaydiumClmmWalk<TVariant, TTrace>
    where TVariant : struct, ISwapVariant
    where TTrace : struct, ISwapTrace
{
    private readonly ReadOnlySpan<InitialisedTick> _ticks;
    private readonly ref readonly RaydiumClmmWindow _window;
    private readonly UInt128 _limit;
    private readonly ulong _feeRate;
    private readonly int _position;

    /// <summary>Starts at the pool's state with <paramref name="amount"/> of the specified side to go.</summary>
    public RaydiumClmmWalk(ref readonly RaydiumClmmState state, ulong amount, UInt128 limit)
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
        if (!IsTick(_position)) return false;
        var step = new SwapStep<TVariant, TTrace>(Price, Liquidity, Remaining, _feeRate);
        if (!step.TryTakeShort(Target(Next(_position).SqrtPrice))) return false;
        (Price, Remaining, Other) = (step.Price, step.Remaining, step.Other);
        return true;
    }

    /// <summary>Walks to the end and says why the program would refuse.</summary>
    public QuoteError Run(ref TTrace trace)
    {
        var step = new SwapStep<TVariant, TTrace>(Price, Liquidity, Remaining, _feeRate);
        var position = _position;
        while (step.Remaining != 0 && step.Price != _limit)
        {
            if (!IsTick(position)) return _window.End;
            ref readonly var tick = ref Next(position);
            var before = step.Price;
            if (!step.TryTake(Target(tick.SqrtPrice), ref trace)) return QuoteError.Overflow;
            if (step.Price != tick.SqrtPrice)
            {
                IsBetweenTicks = step.Price != before;
                continue;
            }
            position += TVariant.IsDown ? -1 : 1;
            TicksCrossed++;
            Tick = TVariant.IsDown ? tick.Index - 1 : tick.Index;
            if (!step.TryCross(tick.LiquidityNet)) return QuoteError.Overflow;
            if (TTrace.WantsFees) trace.OnCrossed(tick.Index);
        }
        (Price, Liquidity, Remaining, Other) = (step.Price, step.Liquidity, step.Remaining, step.Other);
        return QuoteError.None;
    }

    private readonly bool IsTick(int position) =>
        TVariant.IsDown ? position > _window.Bound : position < _window.Bound;

    private readonly ref readonly InitialisedTick Next(int position) =>
        ref _ticks[TVariant.IsDown ? position - 1 : position];

    private readonly UInt128 Target(UInt128 stop) => TVariant.IsDown == (_limit > stop) ? _limit : stop;
}
