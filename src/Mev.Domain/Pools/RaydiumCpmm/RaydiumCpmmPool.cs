using Mev.Domain.Chain;
using Mev.Domain.Pools.ConstantProduct;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumCpmm;

/// <summary>
/// A Raydium CPMM pool: its account, its config, two vaults, and the mints that belong to Token-2022, whose transfer
/// fees and restrictions count. The observation account decides nothing and is not held. Mint A is token 0.
/// </summary>
public sealed partial class RaydiumCpmmPool(PoolId id) : ConstantProductPool(id, Protocol.RaydiumCpmm, AccountsMax)
{
    private const int AccountsMax = 6;
    private const int PoolIndex = 0;
    private const int ConfigIndex = 1;
    private const int Vault0Index = 2;
    private const int Vault1Index = 3;
    private const int MintsIndex = 4;
    private static readonly int[] Swapped = [PoolIndex, Vault0Index, Vault1Index]; // a swap changes these

    private RaydiumCpmmSide _aIn;
    private RaydiumCpmmSide _bIn;
    private RaydiumCpmmState _state;
    private long _openTime;
    private QuoteError _refusal = QuoteError.NotQuotable;

    /// <inheritdoc/>
    public override long OpenedUnixTime => _openTime;

    /// <inheritdoc/>
    public override TokenAmount ReserveA => new(_aIn.ReserveIn);

    /// <inheritdoc/>
    public override TokenAmount ReserveB => new(_bIn.ReserveIn);

    /// <inheritdoc/>
    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock)
    {
        if (_refusal != QuoteError.None || clock.UnixTime < _openTime) return Quote.Refused(RefusalAt(clock));
        ref readonly var side = ref direction == SwapDirection.AToB ? ref _aIn : ref _bIn;
        if (_state.HasTransferFee) return QuoteWithTransferFees(side, direction, amountIn, clock.Epoch);
        var error = side.ExactIn(amountIn.Units, default, default, out var swap);
        return error == QuoteError.None ? Quote.Of(swap.UserIn, swap.UserOut) : Quote.Refused(error);
    }

    /// <inheritdoc/>
    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock)
    {
        var error = RefusalAt(clock);
        if (error != QuoteError.None) return Quote.Refused(error);
        var (feeIn, feeOut) = _state.TransferFees(direction, clock.Epoch);
        error = Side(direction).ExactOut(amountOut.Units, feeIn, feeOut, out var swap);
        return error == QuoteError.None ? Quote.Of(swap.UserIn, swap.UserOut) : Quote.Refused(error);
    }

    /// <summary>
    /// Output units per input unit at the margin, an upper bound for every amount and every epoch: fees are rounded up,
    /// and transfer fees that may reach their maximum are reckoned with as far as the curve lets them matter.
    /// </summary>
    public override double MarginalRate(SwapDirection direction)
    {
        if (_refusal != QuoteError.None) return 0;
        var side = Side(direction);
        if (!_state.HasTransferFee) return RaydiumCpmmRate.Bound(side, default, default) * RoundingMargin;
        var (schedule, other) = direction == SwapDirection.AToB
            ? (_state.TransferFeeA, _state.TransferFeeB)
            : (_state.TransferFeeB, _state.TransferFeeA);
        ReadOnlySpan<TransferFee> ins = [schedule.Older, schedule.Newer];
        ReadOnlySpan<TransferFee> outs = [other.Older, other.Newer];
        var bound = 0.0;
        foreach (var feeIn in ins)
        {
            foreach (var feeOut in outs) bound = Math.Max(bound, RaydiumCpmmRate.Bound(side, feeIn, feeOut));
        }
        return bound * RoundingMargin;
    }

    /// <inheritdoc/>
    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments)
    {
        if (_refusal != QuoteError.None || segments.IsEmpty) return 0;
        var side = Side(direction);
        var epoch = new ChainClock(Slot, UnixTime: 0).Epoch;
        var (feeIn, feeOut) = _state.TransferFees(direction, epoch);
        return RaydiumCpmmCurve.Fill(side, feeIn, feeOut, segments);
    }

    /// <inheritdoc/>
    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts)
    {
        var count = 0;
        foreach (var account in Accounts)
        {
            if (!account.Exists || count == accounts.Length) continue;
            if (!IsFeelessMint(account)) accounts[count++] = account;
        }
        return count;
    }

    /// <summary><inheritdoc/> The Token-2022 mints without a fee.</summary>
    public override int AlsoReads(Span<PoolAccount> accounts)
    {
        if (Defect != PoolDefect.None) return 0;
        var count = 0;
        foreach (var account in Accounts[MintsIndex..])
            if (account.Exists && IsFeelessMint(account)) accounts[count++] = account;
        return count;
    }

    /// <inheritdoc/>
    public override Pool NewEmpty() => new RaydiumCpmmPool(Id);

    /// <inheritdoc/>
    protected override void CopyState(NamedAccountsPool source)
    {
        var pool = (RaydiumCpmmPool)source;
        (_aIn, _bIn, _state) = (pool._aIn, pool._bIn, pool._state);
        (_openTime, _refusal) = (pool._openTime, pool._refusal);
    }

    /// <inheritdoc/>
    protected override Quote ExecuteSwap(
        SwapDirection direction, TokenAmount amount, bool isExactIn, in ChainClock clock, ulong writeVersion)
    {
        var error = RefusalAt(clock);
        if (error != QuoteError.None) return Quote.Refused(error);
        var side = Side(direction);
        var (feeIn, feeOut) = _state.TransferFees(direction, clock.Epoch);
        error = isExactIn
            ? side.ExactIn(amount.Units, feeIn, feeOut, out var swap)
            : side.ExactOut(amount.Units, feeIn, feeOut, out swap);
        if (error != QuoteError.None) return Quote.Refused(error);

        var isAIn = direction == SwapDirection.AToB;
        Accrue(Account(PoolIndex).Edit(), isAIn, side.InputRate, swap, clock.Epoch);
        var vaultIn = Account(isAIn ? Vault0Index : Vault1Index).Edit();
        AccountBytes.Add(vaultIn, TokenLayout.AccountAmount, swap.VaultIn);
        var withheldOffset = isAIn ? _state.WithheldOffsetA : _state.WithheldOffsetB;
        if (withheldOffset != 0) AccountBytes.Add(vaultIn, withheldOffset, swap.UserIn - swap.VaultIn);
        var vaultOut = Account(isAIn ? Vault1Index : Vault0Index).Edit();
        AccountBytes.Subtract(vaultOut, TokenLayout.AccountAmount, swap.VaultOut);
        Stamp(Swapped, clock.Slot, writeVersion);
        return Quote.Of(swap.UserIn, swap.UserOut);
    }

    private void Accrue(Span<byte> pool, bool isAIn, uint inputRate, in RaydiumCpmmSwap swap, ulong epoch)
    {
        var (inToken, outToken) = isAIn ? (0, sizeof(ulong)) : (sizeof(ulong), 0);
        var creatorIn = _state.Fees.CreatorPart(swap.Fee, inputRate);
        var trade = swap.Fee - creatorIn;
        var protocol = ShareMath.FloorMillionths(trade, _state.Fees.Protocol);
        var fund = ShareMath.FloorMillionths(trade, _state.Fees.Fund);
        AccountBytes.Add(pool, RaydiumCpmmLayout.ProtocolOwed + inToken, protocol);
        AccountBytes.Add(pool, RaydiumCpmmLayout.FundOwed + inToken, fund);
        AccountBytes.Add(pool, RaydiumCpmmLayout.CreatorOwed + inToken, creatorIn);
        AccountBytes.Add(pool, RaydiumCpmmLayout.CreatorOwed + outToken, swap.CreatorOut);
        AccountBytes.Set(pool, RaydiumCpmmLayout.RecentEpoch, epoch);
    }

    /// <summary>A clock that is not known cannot tell whether a pool that opens at some time is open.</summary>
    private QuoteError RefusalAt(in ChainClock clock)
    {
        if (_refusal != QuoteError.None || clock.UnixTime >= _openTime) return _refusal;
        return clock.UnixTime == 0 ? QuoteError.NotQuotable : QuoteError.NotOpenYet;
    }

    private Quote QuoteWithTransferFees(
        in RaydiumCpmmSide side, SwapDirection direction, TokenAmount amountIn, ulong epoch)
    {
        var (feeIn, feeOut) = _state.TransferFees(direction, epoch);
        var error = side.ExactIn(amountIn.Units, feeIn, feeOut, out var swap);
        return error == QuoteError.None ? Quote.Of(swap.UserIn, swap.UserOut) : Quote.Refused(error);
    }

    private bool IsFeelessMint(PoolAccount account) =>
        (account.Key == MintA && !_state.TransferFeeA.HasFee) || (account.Key == MintB && !_state.TransferFeeB.HasFee);

    private RaydiumCpmmSide Side(SwapDirection direction) => direction == SwapDirection.AToB ? _aIn : _bIn;
}
