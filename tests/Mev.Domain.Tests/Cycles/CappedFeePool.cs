using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Cycles;

/// <summary>A constant product whose fee of 5 % stops growing at a cap, so that its curve bends upward there.</summary>
internal sealed class CappedFeePool : Pool
{
    private const ulong FeeCap = 1_000;
    private const ulong FeeShare = 20;

    private readonly ulong _reserveA;
    private readonly ulong _reserveB;

    public CappedFeePool(PoolId id, Pubkey mintA, Pubkey mintB, ulong reserveA, ulong reserveB)
        : base(id, Protocol.Unknown)
    {
        (MintA, MintB, Defect) = (mintA, mintB, PoolDefect.None);
        (_reserveA, _reserveB) = (reserveA, reserveB);
    }

    public override ReadOnlySpan<PoolAccount> Accounts => [];

    public override bool Take(in AccountWrite write) => false;

    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => 0;

    public override void Settle()
    {
    }

    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock)
    {
        var (reserveIn, reserveOut) = Reserves(direction);
        var kept = amountIn.Units - Math.Min(FeeCap, (amountIn.Units + FeeShare - 1) / FeeShare);
        return Quote.Of(amountIn.Units, (ulong)((UInt128)reserveOut * kept / (reserveIn + kept)));
    }

    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock)
    {
        var (reserveIn, reserveOut) = Reserves(direction);
        if (amountOut.Units >= reserveOut) return Quote.Refused(QuoteError.Overflow);
        var kept = (ulong)((UInt128)reserveIn * amountOut.Units / (reserveOut - amountOut.Units)) + 1;
        var gross = kept * FeeShare / (FeeShare - 1) + 1;
        return Quote.Of(Math.Min(gross, kept + FeeCap), amountOut.Units);
    }

    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion) =>
        Quote.Refused(QuoteError.NotQuotable);

    public override double MarginalRate(SwapDirection direction)
    {
        var (reserveIn, reserveOut) = Reserves(direction);
        return (double)reserveOut / reserveIn;
    }

    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments)
    {
        double capAt = FeeCap * FeeShare, kept = capAt - FeeCap;
        var (reserveIn, reserveOut) = Reserves(direction);
        var output = reserveOut * kept / (reserveIn + kept);
        segments[0] = new CurveSegment(0, capAt, 0, reserveIn, reserveOut, 1 - 1.0 / FeeShare, 1);
        segments[1] = new CurveSegment(
            capAt, double.PositiveInfinity, output, reserveIn + kept, reserveOut - output, 1, 1);
        return 2;
    }

    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts) => 0;

    public override void CopyFrom(Pool source) => throw new NotSupportedException();

    public override Pool NewEmpty() => throw new NotSupportedException();

    private (ulong In, ulong Out) Reserves(SwapDirection direction) =>
        direction == SwapDirection.AToB ? (_reserveA, _reserveB) : (_reserveB, _reserveA);
}
