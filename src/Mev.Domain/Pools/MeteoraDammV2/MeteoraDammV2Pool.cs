using Mev.Domain.Chain;

namespace Mev.Domain.Pools.MeteoraDammV2;

/// <summary>
/// A Meteora DAMM v2 pool: liquidity in one range of prices, with a dynamic fee. Its account tells all that a quote
/// needs; mints of Token-2022 are held for their restrictions. Pools whose base fee changes with time, of other base
/// fees, of version 1 or with a partner's fee follow rules that no vector proves and are not quotable, nor is a wanted
/// output.
/// </summary>
public sealed partial class MeteoraDammV2Pool(PoolId id) : NamedAccountsPool(id, Protocol.MeteoraDammV2, AccountsMax)
{
    private const int AccountsMax = 3;
    private const int PoolIndex = 0;
    private const int MintsIndex = 1;
    private static readonly int[] Swapped = [PoolIndex]; // a swap changes these

    private MeteoraDammV2State _state;
    private MeteoraDammV2Volatility _volatility;
    private ulong _activation;
    private bool _isActivatedByTime;
    private QuoteError _refusal = QuoteError.NotQuotable;

    /// <inheritdoc/>
    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock)
    {
        var error = Swap(direction, amountIn, clock, out var swap);
        return error == QuoteError.None ? Quote.Of(amountIn.Units, swap.AmountOut) : Quote.Refused(error);
    }

    /// <inheritdoc/>
    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock)
    {
        var error = RefusalAt(clock);
        return Quote.Refused(error == QuoteError.None ? QuoteError.NoExactOut : error);
    }

    /// <summary>
    /// <inheritdoc/> Price, protocol fees and volatility change; the fees of positions are not accounted for.
    /// </summary>
    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion)
    {
        var error = Swap(direction, amountIn, clock, out var swap);
        if (error != QuoteError.None) return Quote.Refused(error);
        var data = Account(PoolIndex).Edit();
        var owed = swap.IsFeeInA ? MeteoraDammV2Layout.ProtocolFeeA : MeteoraDammV2Layout.ProtocolFeeB;
        AccountBytes.Add(data, owed, swap.ProtocolFee);
        AccountBytes.SetWide(data, MeteoraDammV2Layout.SqrtPrice, swap.SqrtPrice);
        _volatility.WriteAfter(data, _state.SqrtPrice, swap.SqrtPrice, clock.UnixTime);
        Stamp(Swapped, clock.Slot, writeVersion);
        return Quote.Of(amountIn.Units, swap.AmountOut);
    }

    /// <inheritdoc/>
    public override double MarginalRate(SwapDirection direction) =>
        _refusal == QuoteError.None ? MeteoraDammV2Curve.RateOf(_state, direction) * RoundingMargin : 0;

    /// <inheritdoc/>
    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments)
    {
        if (_refusal != QuoteError.None || segments.IsEmpty) return 0;
        segments[0] = MeteoraDammV2Curve.PieceOf(_state, direction);
        return 1;
    }

    /// <inheritdoc/>
    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts)
    {
        if (!Account(PoolIndex).Exists || accounts.IsEmpty) return 0;
        accounts[0] = Account(PoolIndex);
        return 1;
    }

    /// <summary><inheritdoc/> The mints of Token-2022.</summary>
    public override int AlsoReads(Span<PoolAccount> accounts)
    {
        if (Defect != PoolDefect.None) return 0;
        var count = 0;
        foreach (var account in Accounts[MintsIndex..])
            if (account.Exists) accounts[count++] = account;
        return count;
    }

    /// <inheritdoc/>
    public override Pool NewEmpty() => new MeteoraDammV2Pool(Id);

    /// <inheritdoc/>
    protected override void CopyState(NamedAccountsPool source)
    {
        var pool = (MeteoraDammV2Pool)source;
        (_state, _volatility, _refusal) = (pool._state, pool._volatility, pool._refusal);
        (_activation, _isActivatedByTime) = (pool._activation, pool._isActivatedByTime);
    }

    private QuoteError Swap(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, out MeteoraDammV2Swap swap)
    {
        swap = default;
        var error = RefusalAt(clock);
        if (error != QuoteError.None) return error;
        return amountIn.Units == 0 ? QuoteError.ZeroAmount : _state.ExactIn(direction, amountIn.Units, out swap);
    }

    /// <summary>A clock that is not known cannot tell whether a pool that opens at some time is open.</summary>
    private QuoteError RefusalAt(in ChainClock clock)
    {
        if (_refusal != QuoteError.None) return _refusal;
        var point = _isActivatedByTime ? (ulong)Math.Max(0, clock.UnixTime) : clock.Slot.Value;
        if (point >= _activation) return _volatility.RefusalAt(clock.UnixTime);
        return _isActivatedByTime && clock.UnixTime == 0 ? QuoteError.NotQuotable : QuoteError.NotOpenYet;
    }
}
