using Mev.Domain.Chain;
using Mev.Domain.Pools.ConcentratedLiquidity;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>
/// A Raydium CLMM pool of the classic kind: its pool account, its config, its two mints, its bitmap extension where the
/// spacing needs one, and its tick arrays; the last two are recognised by the pool that their bytes name. Which arrays
/// hold ticks the bitmaps say. A swap that comes to one that was never seen, to one with limit orders, or to the
/// negative side of the extension, is <see cref="QuoteError.NotQuotable"/>; where it cannot even start in either
/// direction the pool has the defect: <see cref="PoolDefect.AccountMissing"/> or <see cref="PoolDefect.UnprovenRule"/>,
/// which pools with a rule of 2026 have too. Quotes are what moves in and out of the vaults: a pool whose mints may
/// take a fee on transfers is refused. Vaults and observation account decide nothing and are not held. Mint A is token
/// 0.
/// </summary>
public sealed partial class RaydiumClmmPool : Pool
{
    /// <summary>Tick arrays that one swap instruction passes; with pool, config and extension eight accounts.</summary>
    public const int ArraysPerSwap = 5;

    // The program takes Token-2022 mints since the end of 2023 (history of its source); this slot is of June 2023.
    private static readonly Slot SplTokenUntil = new(200_000_000);

    private readonly RaydiumClmmAccounts _accounts;
    private PoolDefect _accountsDefect = PoolDefect.AccountMissing;
    private PoolDefect _arraysDefect;
    private bool _isPoolNew; // any account but a tick array
    private bool _areTicksNew; // stays until a pool without another defect prepares them
    private RaydiumClmmState _state;

    /// <summary>A pool without bytes.</summary>
    public RaydiumClmmPool(PoolId id)
        : base(id, Protocol.RaydiumClmm)
    {
        _accounts = new RaydiumClmmAccounts(id);
        _state.Ticks = [];
        _state.Bitmap = RaydiumClmmBitmap.Empty;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<PoolAccount> Accounts => _accounts.All;

    /// <inheritdoc/>
    public override long OpenedUnixTime => _state.OpenTime;

    /// <summary>Square-root price, Q64.64: the root of units of B per unit of A.</summary>
    public UInt128 SqrtPrice => _state.SqrtPrice;

    /// <summary>Liquidity in range.</summary>
    public UInt128 Liquidity => _state.Liquidity;

    /// <summary>Current tick.</summary>
    public int Tick => _state.Tick;

    /// <summary>The initialised ticks of all arrays that can be walked, ascending.</summary>
    public ReadOnlySpan<InitialisedTick> Ticks => _state.Ticks;

    /// <inheritdoc/>
    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock)
    {
        var error = RefusalAt(clock);
        if (error != QuoteError.None) return Quote.Refused(error);
        return direction == SwapDirection.AToB
            ? RaydiumClmmQuoting.Quote<ISwapVariant.DownIn>(in _state, amountIn.Units)
            : RaydiumClmmQuoting.Quote<ISwapVariant.UpIn>(in _state, amountIn.Units);
    }

    /// <inheritdoc/>
    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock)
    {
        var error = RefusalAt(clock);
        if (error != QuoteError.None) return Quote.Refused(error);
        return direction == SwapDirection.AToB
            ? RaydiumClmmQuoting.Quote<ISwapVariant.DownOut>(in _state, amountOut.Units)
            : RaydiumClmmQuoting.Quote<ISwapVariant.UpOut>(in _state, amountOut.Units);
    }

    /// <summary>
    /// A swap in full: amounts, the state and fees after it. <paramref name="amount"/> is the input when
    /// <paramref name="isExactIn"/>, else the output. <paramref name="sqrtPriceLimit"/> is Q64.64, 0 for none.
    /// Crossings are counted, not limited. No allocation; nothing changes.
    /// </summary>
    public RaydiumClmmSwap Swap(
        SwapDirection direction, TokenAmount amount, bool isExactIn, in ChainClock clock,
        UInt128 sqrtPriceLimit = default)
    {
        var error = RefusalAt(clock);
        if (error != QuoteError.None) return new RaydiumClmmSwap { Error = error };
        return (direction, isExactIn) switch
        {
            (SwapDirection.AToB, true) =>
                RaydiumClmmQuoting.Swap<ISwapVariant.DownIn>(in _state, amount.Units, sqrtPriceLimit),
            (SwapDirection.AToB, false) =>
                RaydiumClmmQuoting.Swap<ISwapVariant.DownOut>(in _state, amount.Units, sqrtPriceLimit),
            (_, true) => RaydiumClmmQuoting.Swap<ISwapVariant.UpIn>(in _state, amount.Units, sqrtPriceLimit),
            (_, false) => RaydiumClmmQuoting.Swap<ISwapVariant.UpOut>(in _state, amount.Units, sqrtPriceLimit),
        };
    }

    /// <summary>
    /// <inheritdoc/> Rewards are brought up to the clock's time where it is known. The pool account gets the first
    /// write version, crossed tick arrays the next ones in crossing order.
    /// </summary>
    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion)
    {
        var quote = QuoteExactIn(direction, amountIn, clock);
        if (!quote.IsOk) return quote;
        var swap = Swap(direction, amountIn, isExactIn: true, clock);
        if (RaydiumClmmExecution.Overflows(_accounts.Pool.Data, swap, direction))
            return Quote.Refused(QuoteError.Overflow);

        var data = _accounts.Pool.Edit();
        RaydiumClmmExecution.WriteRewards(data, clock.UnixTime);
        if (swap.TicksCrossed > 0) TurnTicksOver(direction, amountIn, clock, writeVersion + 1);
        RaydiumClmmExecution.WritePool(data, swap, direction, clock);
        _accounts.Pool.Stamp(clock.Slot, writeVersion);
        _isPoolNew = true;
        Settle();
        return quote;
    }

    /// <inheritdoc/>
    public override double MarginalRate(SwapDirection direction) =>
        IsUsable ? TickCurve.MarginalRate(StretchOf(direction)) : 0;

    /// <inheritdoc/>
    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments) =>
        IsUsable ? TickCurve.Fill(StretchOf(direction), segments) : 0;

    /// <inheritdoc/>
    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts)
    {
        if (Defect != PoolDefect.None) return 0;
        var count = 0;
        accounts[count++] = _accounts.Pool;
        accounts[count++] = _accounts.Config;
        if (_state.NeedsExtension) accounts[count++] = _accounts.Extension!;
        var isDown = direction == SwapDirection.AToB;
        var number = _state.Bitmap.Next(_state.Current, isDown);
        for (var i = 0; i < ArraysPerSwap && number != RaydiumClmmBitmap.None; i++)
        {
            var place = _accounts.PlaceOfArray(number * _state.Span);
            if (place > 0) accounts[count++] = _accounts[place];
            number = _state.Bitmap.Next(isDown ? number - 1 : number + 1, isDown);
        }
        return count;
    }

    /// <summary><inheritdoc/> The mints whose bytes were needed.</summary>
    public override int AlsoReads(Span<PoolAccount> accounts)
    {
        if (Defect != PoolDefect.None) return 0;
        var count = 0;
        if (FeelessMint.IsRead(_accounts.MintA, _accounts.Pool, SplTokenUntil)) accounts[count++] = _accounts.MintA;
        if (FeelessMint.IsRead(_accounts.MintB, _accounts.Pool, SplTokenUntil)) accounts[count++] = _accounts.MintB;
        return count;
    }

    /// <inheritdoc/>
    public override void CopyFrom(Pool source)
    {
        var other = (RaydiumClmmPool)source;
        _accounts.CopyFrom(other._accounts);
        (_accountsDefect, _arraysDefect) = (other._accountsDefect, other._arraysDefect);
        (_state, _areTicksNew) = (other._state, other._areTicksNew);
        (MintA, MintB, Defect) = (other.MintA, other.MintB, other.Defect);
    }

    /// <inheritdoc/>
    public override Pool NewEmpty() => new RaydiumClmmPool(Id);

    private bool IsUsable => Defect == PoolDefect.None && !_state.IsDisabled;

    /// <summary>A clock that is not known cannot tell whether a pool that opens at some time is open.</summary>
    private QuoteError RefusalAt(in ChainClock clock)
    {
        if (Defect != PoolDefect.None) return QuoteError.NotQuotable;
        if (_state.IsDisabled) return QuoteError.SwapDisabled;
        if (clock.UnixTime > _state.OpenTime || _state.OpenTime == 0) return QuoteError.None;
        return clock.UnixTime == 0 ? QuoteError.NotQuotable : QuoteError.NotOpenYet;
    }

    private TickStretch StretchOf(SwapDirection direction)
    {
        var isDown = direction == SwapDirection.AToB;
        return new TickStretch
        {
            IsDown = isDown,
            Ticks = _state.Ticks,
            Position = _state.Position,
            Bound = isDown ? _state.Down.Bound : _state.Up.Bound,
            SqrtPrice = _state.SqrtPrice,
            Liquidity = _state.Liquidity,
            FeeRate = _state.FeeRate,
        };
    }
}
