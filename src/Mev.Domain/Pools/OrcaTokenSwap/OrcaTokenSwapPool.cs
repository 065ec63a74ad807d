using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.OrcaTokenSwap;

/// <summary>
/// An Orca token-swap pool of constant product or of a stable curve: its account and two vaults of SPL Token, whose
/// whole amounts are the reserves. A constant-product swap may take less than it is given, which the quote's amount in
/// says. The owner's fee is paid by minting pool tokens; that mint decides nothing and is not held. The program has no
/// swap for a wanted output.
/// </summary>
public sealed partial class OrcaTokenSwapPool(PoolId id) : NamedAccountsPool(id, Protocol.OrcaTokenSwap, AccountsMax)
{
    private const int AccountsMax = 3;
    private const int PoolIndex = 0;
    private const int VaultAIndex = 1;
    private const int VaultBIndex = 2;

    private OrcaTokenSwapSide _aIn;
    private OrcaTokenSwapSide _bIn;

    /// <summary>Units in the vault of mint A. 0 while defective.</summary>
    public TokenAmount ReserveA => new(_aIn.ReserveIn);

    /// <summary>Units in the vault of mint B. 0 while defective.</summary>
    public TokenAmount ReserveB => new(_bIn.ReserveIn);

    /// <inheritdoc/>
    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock)
    {
        if (Defect != PoolDefect.None) return Quote.Refused(QuoteError.NotQuotable);
        ref readonly var side = ref direction == SwapDirection.AToB ? ref _aIn : ref _bIn;
        var error = side.ExactIn(amountIn.Units, out var taken, out var amountOut);
        return error == QuoteError.None ? Quote.Of(taken, amountOut) : Quote.Refused(error);
    }

    /// <inheritdoc/>
    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock) =>
        Quote.Refused(Defect == PoolDefect.None ? QuoteError.NoExactOut : QuoteError.NotQuotable);

    /// <inheritdoc/>
    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion)
    {
        var quote = QuoteExactIn(direction, amountIn, clock);
        if (!quote.IsOk) return quote;
        var (placeIn, placeOut) = direction == SwapDirection.AToB
            ? (VaultAIndex, VaultBIndex)
            : (VaultBIndex, VaultAIndex);
        AccountBytes.Add(Account(placeIn).Edit(), TokenLayout.AccountAmount, quote.AmountIn.Units);
        AccountBytes.Subtract(Account(placeOut).Edit(), TokenLayout.AccountAmount, quote.AmountOut.Units);
        Stamp([placeIn, placeOut], clock.Slot, writeVersion);
        return quote;
    }

    /// <summary>
    /// Output units per input unit at the margin. Fees are cut to whole units, and so is the invariant of a stable
    /// curve: that saves up to three units of input and two of output. Where a reserve counts so few units that this
    /// matters (<see cref="OrcaTokenSwapCurve.CoarseReserveMax"/>) the bound leaves the fees out; elsewhere it is dust,
    /// and the only way to exceed the bound.
    /// </summary>
    public override double MarginalRate(SwapDirection direction) =>
        Defect == PoolDefect.None ? OrcaTokenSwapCurve.RateOf(Side(direction)) * RoundingMargin : 0;

    /// <inheritdoc/>
    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments) =>
        Defect == PoolDefect.None ? OrcaTokenSwapCurve.Fill(Side(direction), segments) : 0;

    /// <inheritdoc/>
    public override Pool NewEmpty() => new OrcaTokenSwapPool(Id);

    /// <inheritdoc/>
    protected override void CopyState(NamedAccountsPool source)
    {
        var pool = (OrcaTokenSwapPool)source;
        (_aIn, _bIn) = (pool._aIn, pool._bIn);
    }

    private OrcaTokenSwapSide Side(SwapDirection direction) => direction == SwapDirection.AToB ? _aIn : _bIn;
}
