using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Grains.Tests.Shards;

/// <summary>A pool whose whole state is one number.</summary>
internal sealed class CountedPool(byte seed) : Pool(new PoolId(Key(seed)), Protocol.Unknown)
{
    public ulong Value { get; set; }

    public override ReadOnlySpan<PoolAccount> Accounts => default;

    public override bool Apply(in AccountWrite write) => false;

    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock) =>
        Quote.Refused(QuoteError.NotQuotable);

    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock) =>
        Quote.Refused(QuoteError.NotQuotable);

    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion) =>
        Quote.Refused(QuoteError.NotQuotable);

    public override double MarginalRate(SwapDirection direction) => 0;

    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments) => 0;

    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts) => 0;

    public override void CopyFrom(Pool source) => Value = ((CountedPool)source).Value;

    public override Pool NewEmpty() => new CountedPool(seed);

    private static Pubkey Key(byte seed)
    {
        var bytes = new byte[Pubkey.Length];
        Array.Fill(bytes, seed);
        return new Pubkey(bytes);
    }
}
