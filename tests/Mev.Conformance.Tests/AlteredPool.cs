using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Conformance.Tests;

/// <summary>A pool whose quotes are altered on their way out: a mutation of every protocol's quoting.</summary>
internal sealed class AlteredPool(Pool inner, Func<Quote, Quote> alter) : Pool(inner.Id, inner.Protocol)
{
    public override ReadOnlySpan<PoolAccount> Accounts => inner.Accounts;

    public override bool Take(in AccountWrite write) => inner.Take(write);

    public override void Settle() => inner.Settle();

    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => inner.MarkOfNames(data);

    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock) =>
        alter(inner.QuoteExactIn(direction, amountIn, clock));

    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock) =>
        alter(inner.QuoteExactOut(direction, amountOut, clock));

    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion) =>
        inner.Execute(direction, amountIn, clock, writeVersion);

    public override double MarginalRate(SwapDirection direction) => inner.MarginalRate(direction);

    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments) =>
        inner.FillCurve(direction, segments);

    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts) =>
        inner.DependsOn(direction, accounts);

    public override void CopyFrom(Pool source) => inner.CopyFrom(source);

    public override Pool NewEmpty() => new AlteredPool(inner.NewEmpty(), alter);
}
