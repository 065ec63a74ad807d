using Mev.Domain.Chain;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>
/// A Meteora DLMM pair: its account, the mints that belong to Token-2022, whose transfer fees and restrictions count,
/// and bin arrays, which are recognised by the pair that their bytes name. Bins of a fixed price follow each other; the
/// fee follows the volatility, so that every quote depends on the clock. A swap instruction passes the first three
/// arrays with liquidity ahead; a swap that comes to one of them that was not seen is
/// <see cref="QuoteError.NotQuotable"/>, as is one that would need the bitmap extension, which is decoded, but whose
/// use no vector proves. Mint A is X.
/// </summary>
public sealed partial class MeteoraDlmmPool(PoolId id) : Pool(id, Protocol.MeteoraDlmm)
{
    /// <summary>Bin arrays that one swap instruction passes.</summary>
    public const int ArraysPerSwap = 3;

    private readonly MeteoraDlmmAccounts _accounts = new(id);
    private MeteoraDlmmState _state;

    /// <inheritdoc/>
    public override ReadOnlySpan<PoolAccount> Accounts => _accounts.All;

    /// <summary>The bin that swaps begin at.</summary>
    public int ActiveBin => _state.ActiveBin;

    /// <summary>Step of the price from bin to bin, in ten-thousandths; 0 until the pair account was decoded.</summary>
    public int BinStep => _state.Fees.Step;

    /// <summary>Fee rate without volatility, in billionths: no clock brings a lower one.</summary>
    public int BaseFeeRate => (int)_state.Fees.Base;

    /// <summary>Limit orders in the bins are filled.</summary>
    public bool DoOrdersCount => _state.DoOrdersCount;

    /// <summary>Bin arrays with liquidity that only the bitmap extension tells of.</summary>
    public int ArraysBeyondBitmap =>
        _accounts.Extension is { } extension ? BinArrayBitmap.CountBeyond(extension.Data) : 0;

    /// <inheritdoc/>
    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock) =>
        QuoteOf(direction, amountIn.Units, isExactIn: true, clock);

    /// <inheritdoc/>
    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock) =>
        QuoteOf(direction, amountOut.Units, isExactIn: false, clock);

    /// <summary>
    /// Everything about a swap whose instruction passes only <paramref name="arrays"/>, of which the first
    /// <see cref="ArraysPerSwap"/> ahead count: another one that it comes to is
    /// <see cref="QuoteError.BinArrayNotPassed"/>.
    /// </summary>
    public MeteoraDlmmSwap Swap(
        SwapDirection direction, TokenAmount amount, bool isExactIn, in ChainClock clock, ReadOnlySpan<Pubkey> arrays)
    {
        if (Defect != PoolDefect.None) return new MeteoraDlmmSwap { Error = QuoteError.NotQuotable };
        var window = default(BinWindow);
        FillWindow(ref window, isDown: direction == SwapDirection.AToB, arrays);
        var trace = new BinFeeTrace(_state.ProtocolShare);
        var swap = MeteoraDlmmQuoting.Swap(
            in _state, _accounts.All, in window, direction, amount.Units, isExactIn, clock, ref trace);
        return swap.Error == QuoteError.None
            ? swap with { Fee = trace.Fee, ProtocolFee = trace.ProtocolFee }
            : swap;
    }

    /// <summary>
    /// <inheritdoc/> The pair account gets the first write version, the bin arrays that gave something the next ones in
    /// the order of the swap. Reserves are no accounts of the pair here and do not change.
    /// </summary>
    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion)
    {
        if (Defect != PoolDefect.None) return Quote.Refused(QuoteError.NotQuotable);
        var fills = new List<(int Bin, BinFill Fill, ulong Fee)>();
        var trace = new BinFillTrace(fills);
        var swap = MeteoraDlmmQuoting.Swap(
            in _state, _accounts.All, in WindowOf(direction), direction, amountIn.Units, isExactIn: true, clock,
            ref trace);
        var quote = MeteoraDlmmQuoting.ToQuote(swap);
        if (!quote.IsOk) return quote;

        var isFeeInX = direction == SwapDirection.AToB && _state.IsFeeOnInput(direction);
        var protocolFee = 0UL;
        foreach (var (_, fill, fee) in fills)
            protocolFee = unchecked(protocolFee + MeteoraDlmmFees.Divide(fee, fill, _state.ProtocolShare).Protocol);
        swap = swap with { ProtocolFee = protocolFee };
        if (MeteoraDlmmExecution.OverflowsOwed(_accounts.Pair.Data, isFeeInX, protocolFee))
            return Quote.Refused(QuoteError.Overflow);

        WriteBins(fills, direction == SwapDirection.AToB, isFeeInX, clock.Slot, writeVersion + 1);
        MeteoraDlmmExecution.WritePair(_accounts.Pair.Edit(), swap, isFeeInX);
        _accounts.Pair.Stamp(clock.Slot, writeVersion);
        _isPairNew = true;
        Settle();
        return quote;
    }

    /// <summary>
    /// Output units per input unit at the margin, an upper bound for every amount and every clock: the fee reckoned
    /// with is that without volatility.
    /// </summary>
    public override double MarginalRate(SwapDirection direction) =>
        IsAlive ? MeteoraDlmmCurve.MarginalRate(in _state, _accounts.All, direction) : 0;

    /// <summary><inheritdoc/> Without a clock the fee is the least that any brings.</summary>
    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments) =>
        FillCurve(direction, default, new ChainClock(Slot, UnixTime: 0).Epoch, segments);

    /// <inheritdoc/>
    public override int FillCurve(SwapDirection direction, in ChainClock clock, Span<CurveSegment> segments)
    {
        if (Defect != PoolDefect.None || _state.RefusalAt(clock) != QuoteError.None) return 0;
        return FillCurve(direction, _state.VolatilityAt(clock), clock.Epoch, segments);
    }

    /// <summary>
    /// <inheritdoc/> The pair account, those of the instruction's three arrays that exist, and mints with a transfer
    /// fee; room for six is enough.
    /// </summary>
    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts)
    {
        if (Defect != PoolDefect.None) return 0;
        ref readonly var window = ref WindowOf(direction);
        var count = 0;
        accounts[count++] = _accounts.Pair;
        for (var i = 0; i < window.Count; i++)
            if (window[i].Account >= 0) accounts[count++] = _accounts[window[i].Account];
        if (_isX2022 && _state.TransferFeeX.HasFee) accounts[count++] = _accounts.MintX!;
        if (_isY2022 && _state.TransferFeeY.HasFee) accounts[count++] = _accounts.MintY!;
        return count;
    }

    /// <summary><inheritdoc/> The Token-2022 mints without a fee.</summary>
    public override int AlsoReads(Span<PoolAccount> accounts)
    {
        if (Defect != PoolDefect.None) return 0;
        var count = 0;
        if (_isX2022 && !_state.TransferFeeX.HasFee) accounts[count++] = _accounts.MintX!;
        if (_isY2022 && !_state.TransferFeeY.HasFee) accounts[count++] = _accounts.MintY!;
        return count;
    }

    /// <inheritdoc/>
    public override void CopyFrom(Pool source)
    {
        var other = (MeteoraDlmmPool)source;
        _accounts.CopyFrom(other._accounts);
        (_pairDefect, _mintsDefect, _state) = (other._pairDefect, other._mintsDefect, other._state);
        (_isX2022, _isY2022) = (other._isX2022, other._isY2022);
        (MintA, MintB, Defect) = (other.MintA, other.MintB, other.Defect);
    }

    /// <inheritdoc/>
    public override Pool NewEmpty() => new MeteoraDlmmPool(Id);

    private bool IsAlive => Defect == PoolDefect.None && !_state.Activation.IsDisabled;

    private Quote QuoteOf(SwapDirection direction, ulong amount, bool isExactIn, in ChainClock clock)
    {
        if (Defect != PoolDefect.None) return Quote.Refused(QuoteError.NotQuotable);
        IBinTrace.None trace = default;
        return MeteoraDlmmQuoting.ToQuote(MeteoraDlmmQuoting.Swap(
            in _state, _accounts.All, in WindowOf(direction), direction, amount, isExactIn, clock, ref trace));
    }

    private int FillCurve(SwapDirection direction, Volatility volatility, ulong epoch, Span<CurveSegment> segments) =>
        IsAlive
            ? MeteoraDlmmCurve.Fill(
                in _state, _accounts.All, direction, volatility, _state.TransferFees(direction, epoch), segments)
            : 0;

    private ref readonly BinWindow WindowOf(SwapDirection direction) =>
        ref direction == SwapDirection.AToB ? ref _state.Down : ref _state.Up;

    private void WriteBins(
        List<(int Bin, BinFill Fill, ulong Fee)> fills, bool isXToY, bool isFeeInX, Slot slot, ulong writeVersion)
    {
        for (var i = 0; i < fills.Count;)
        {
            var index = MeteoraDlmmState.ArrayOf(fills[i].Bin);
            var place = _accounts.PlaceOfArray(index);
            var data = _accounts.Edit(place);
            for (; i < fills.Count && MeteoraDlmmState.ArrayOf(fills[i].Bin) == index; i++)
            {
                var at = fills[i].Bin - index * MeteoraDlmmLayout.BinsPerArray;
                var bin = data.Slice(
                    MeteoraDlmmLayout.Bins + at * BinLayout.Length, BinLayout.Length);
                MeteoraDlmmExecution.WriteBin(bin, fills[i].Fill, fills[i].Fee, isXToY, isFeeInX, _state.ProtocolShare);
            }
            _accounts[place].Stamp(slot, writeVersion++);
        }
    }
}
