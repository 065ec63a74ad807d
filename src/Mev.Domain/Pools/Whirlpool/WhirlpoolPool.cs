using Mev.Domain.Chain;
using Mev.Domain.Pools.ConcentratedLiquidity;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>
/// An Orca Whirlpool: its pool account, its two mints, and its tick arrays, which are recognised by the pool that their
/// bytes name and of which there may be any number. A tick array that was never seen counts as absent on chain, which
/// the program reads as empty. Pools with an adaptive fee are <see cref="PoolDefect.UnprovenRule"/>. Dynamic tick
/// arrays are decoded, but a swap that comes to one is <see cref="QuoteError.NotQuotable"/>; the others of the same
/// pool stay quotable. Quotes are what moves in and out of the vaults: a pool whose mints may take a fee on transfers
/// is refused.
/// </summary>
public sealed class WhirlpoolPool : Pool
{
    /// <summary>Tick arrays that one swap instruction passes.</summary>
    public const int ArraysPerSwap = 3;

    // The program takes Token-2022 mints since 2024-05-28 (its documentation); this slot is of April 2024.
    private static readonly Slot SplTokenUntil = new(260_000_000);

    private readonly WhirlpoolAccounts _accounts;
    private PoolDefect _poolDefect = PoolDefect.AccountMissing;
    private PoolDefect _mintsDefect;
    private PoolDefect _arraysDefect;
    private bool _isPoolNew; // its account, or a mint's
    private bool _areTicksNew;
    private bool _isUnlocated; // ticks changed while a defect kept the pool from finding its place among them
    private WhirlpoolState _state;

    /// <summary>A pool without bytes.</summary>
    public WhirlpoolPool(PoolId id)
        : base(id, Protocol.Whirlpool)
    {
        _accounts = new WhirlpoolAccounts(id);
        _state.Ticks = [];
        _state.DynamicStarts = [];
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<PoolAccount> Accounts => _accounts.All;

    /// <summary>Square-root price, Q64.64: the root of units of B per unit of A.</summary>
    public UInt128 SqrtPrice => _state.SqrtPrice;

    /// <summary>Liquidity in range.</summary>
    public UInt128 Liquidity => _state.Liquidity;

    /// <summary>Current tick.</summary>
    public int Tick => _state.Tick;

    /// <summary>Ticks between two places of a tick array; 0 until the pool account was decoded.</summary>
    public int TickSpacing => _state.Spacing;

    /// <summary>Swap fee in millionths of the input.</summary>
    public int FeeRate => (int)_state.FeeRate;

    /// <summary>The initialised ticks of all fixed arrays known, ascending.</summary>
    public ReadOnlySpan<InitialisedTick> Ticks => _state.Ticks;

    /// <inheritdoc/>
    public override bool Take(in AccountWrite write)
    {
        var place = _accounts.PlaceOf(write.Key);
        if (place < 0 && !_accounts.TryAdd(write, out place)) return false;
        _accounts[place].Set(write);
        if (place == 0) _accounts.NameMints();
        if (place == 0 || _accounts.TakesOther(place)) _isPoolNew = true;
        // Before the pool account came there is no spacing: it decodes the arrays with it then.
        else _areTicksNew |= _accounts.TryDecodeArray(place, _state.Spacing);
        return true;
    }

    /// <inheritdoc/>
    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => WhirlpoolLayout.IsPool(data)
        ? AccountBytes.Mark(data, [WhirlpoolLayout.MintA, WhirlpoolLayout.MintB])
        : 0;

    /// <inheritdoc/>
    public override void Settle()
    {
        if (_isPoolNew)
        {
            ReadPool();
            _mintsDefect = ReadMints();
        }
        if (_areTicksNew) _arraysDefect = _accounts.Prepare(out _state.Ticks, out _state.DynamicStarts);
        if (!_isPoolNew && !_areTicksNew) return;
        Defect = _poolDefect != PoolDefect.None ? _poolDefect
            : _mintsDefect != PoolDefect.None ? _mintsDefect : _arraysDefect;
        if (Defect == PoolDefect.None) _state.Locate(_areTicksNew || _isUnlocated);
        _isUnlocated = Defect != PoolDefect.None;
        (_isPoolNew, _areTicksNew) = (false, false);
    }

    /// <inheritdoc/>
    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock)
    {
        if (Defect != PoolDefect.None) return Quote.Refused(QuoteError.NotQuotable);
        return direction == SwapDirection.AToB
            ? WhirlpoolQuoting.Quote<ISwapVariant.DownIn>(in _state, amountIn.Units)
            : WhirlpoolQuoting.Quote<ISwapVariant.UpIn>(in _state, amountIn.Units);
    }

    /// <inheritdoc/>
    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock)
    {
        if (Defect != PoolDefect.None) return Quote.Refused(QuoteError.NotQuotable);
        return direction == SwapDirection.AToB
            ? WhirlpoolQuoting.Quote<ISwapVariant.DownOut>(in _state, amountOut.Units)
            : WhirlpoolQuoting.Quote<ISwapVariant.UpOut>(in _state, amountOut.Units);
    }

    /// <summary>
    /// A swap in full: amounts, the state and fees after it. <paramref name="amount"/> is the input when
    /// <paramref name="isExactIn"/>, else the output. <paramref name="sqrtPriceLimit"/> is Q64.64, 0 for none.
    /// Crossings are counted, not limited. No allocation; nothing changes.
    /// </summary>
    public WhirlpoolSwap Swap(
        SwapDirection direction, TokenAmount amount, bool isExactIn, UInt128 sqrtPriceLimit = default)
    {
        if (Defect != PoolDefect.None) return new WhirlpoolSwap { Error = QuoteError.NotQuotable };
        return (direction, isExactIn) switch
        {
            (SwapDirection.AToB, true) =>
                WhirlpoolQuoting.Swap<ISwapVariant.DownIn>(in _state, amount.Units, sqrtPriceLimit),
            (SwapDirection.AToB, false) =>
                WhirlpoolQuoting.Swap<ISwapVariant.DownOut>(in _state, amount.Units, sqrtPriceLimit),
            (_, true) => WhirlpoolQuoting.Swap<ISwapVariant.UpIn>(in _state, amount.Units, sqrtPriceLimit),
            (_, false) => WhirlpoolQuoting.Swap<ISwapVariant.UpOut>(in _state, amount.Units, sqrtPriceLimit),
        };
    }

    /// <summary>
    /// Of the instruction's three tick arrays, as many as the program walks for that input, from the first one on: one
    /// that is passed fewer fails. 0 for a swap that is refused.
    /// </summary>
    public int ArraysWalked(SwapDirection direction, TokenAmount amountIn)
    {
        var swap = Swap(direction, amountIn, isExactIn: true);
        return swap.Error == QuoteError.None
            ? WhirlpoolReach.Count(in _state, direction == SwapDirection.AToB, swap.SqrtPrice)
            : 0;
    }

    /// <summary>
    /// <inheritdoc/> Every byte is what the program writes: rewards too, up to the clock's time; where that is 0 or
    /// before the pool's own they stay. The pool account gets the first write version, crossed tick arrays the next
    /// ones in crossing order.
    /// </summary>
    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion)
    {
        var quote = QuoteExactIn(direction, amountIn, clock);
        if (!quote.IsOk) return quote;
        var swap = Swap(direction, amountIn, isExactIn: true);
        if (WhirlpoolExecution.OverflowsOwed(_accounts.Pool.Data, direction, swap.ProtocolFee))
            return Quote.Refused(QuoteError.Overflow);

        var data = _accounts.Pool.Edit();
        if (swap.TicksCrossed > 0)
        {
            WhirlpoolExecution.WriteRewards(data, clock.UnixTime);
            TurnTicksOver(direction, amountIn, clock.Slot, writeVersion + 1);
        }
        WhirlpoolExecution.WritePool(data, swap, direction, clock);
        _accounts.Pool.Stamp(clock.Slot, writeVersion);
        _isPoolNew = true;
        Settle();
        return quote;
    }

    /// <inheritdoc/>
    public override double MarginalRate(SwapDirection direction) =>
        Defect == PoolDefect.None ? WhirlpoolCurve.MarginalRate(in _state, direction) : 0;

    /// <inheritdoc/>
    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments) =>
        Defect == PoolDefect.None ? WhirlpoolCurve.Fill(in _state, direction, segments) : 0;

    /// <summary>
    /// <inheritdoc/> The pool account and those of the instruction's three arrays that exist; room for four is enough.
    /// </summary>
    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts)
    {
        if (Defect != PoolDefect.None) return 0;
        ref readonly var window = ref direction == SwapDirection.AToB ? ref _state.Down : ref _state.Up;
        var step = WhirlpoolLayout.TicksPerArray * _state.Spacing;
        if (window.LastStart < window.FirstStart) step = -step;
        var count = 0;
        accounts[count++] = _accounts.Pool;
        for (var i = 0; i < ArraysPerSwap; i++)
        {
            var start = window.FirstStart + i * step;
            var place = _accounts.PlaceOfArray(start);
            if (place > 0) accounts[count++] = _accounts[place];
            if (start == window.LastStart) break;
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
        var other = (WhirlpoolPool)source;
        _accounts.CopyFrom(other._accounts);
        (_poolDefect, _mintsDefect, _arraysDefect) = (other._poolDefect, other._mintsDefect, other._arraysDefect);
        (_state, _isUnlocated) = (other._state, other._isUnlocated);
        (MintA, MintB, Defect) = (other.MintA, other.MintB, other.Defect);
    }

    /// <inheritdoc/>
    public override Pool NewEmpty() => new WhirlpoolPool(Id);

    private void ReadPool()
    {
        var spacing = _state.Spacing;
        _poolDefect = _state.DecodePool(_accounts.Pool);
        (MintA, MintB) = (_state.MintA, _state.MintB);
        if (spacing == _state.Spacing || _state.Spacing == 0) return;
        _accounts.DecodeArrays(_state.Spacing);
        _areTicksNew = true;
    }

    private PoolDefect ReadMints()
    {
        if (_poolDefect != PoolDefect.None) return PoolDefect.None;
        var defect = FeelessMint.Check(_accounts.MintA, _accounts.Pool, SplTokenUntil);
        return defect != PoolDefect.None ? defect : FeelessMint.Check(_accounts.MintB, _accounts.Pool, SplTokenUntil);
    }

    // Walks the swap again and turns over the growths outside of each tick that it crosses.
    private void TurnTicksOver(SwapDirection direction, TokenAmount amountIn, Slot slot, ulong writeVersion)
    {
        var crossings = WhirlpoolQuoting.Crossings(in _state, direction, amountIn.Units);
        for (var i = 0; i < crossings.Count;)
        {
            var start = _state.FloorToSpan(crossings[i].Tick);
            var account = _accounts.EditArray(start, out var data);
            for (; i < crossings.Count && _state.FloorToSpan(crossings[i].Tick) == start; i++)
            {
                var place = (crossings[i].Tick - start) / _state.Spacing;
                var tick = data.Slice(
                    WhirlpoolLayout.FixedTicks + place * WhirlpoolLayout.FixedTickLength,
                    WhirlpoolLayout.FixedTickLength);
                WhirlpoolExecution.TurnTickOver(tick, _accounts.Pool.Data, direction, crossings[i].FeeGrowth);
            }
            account.Stamp(slot, writeVersion++);
        }
    }
}
