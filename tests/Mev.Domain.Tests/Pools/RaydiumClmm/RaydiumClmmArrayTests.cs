using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Fixtures.Pools;
using static Mev.Fixtures.Pools.RaydiumClmmBytes;

namespace Mev.Domain.Tests.Pools.RaydiumClmm;

/// <summary>Tick arrays and the bitmaps that say which of them hold ticks.</summary>
public sealed class RaydiumClmmArrayTests
{
    private static readonly TokenAmount Million = new(1_000_000);
    private static readonly TokenAmount All = new(ulong.MaxValue / 2);
    private static readonly RaydiumClmmBytes Usual = new();

    [Fact]
    public void A_broken_tick_array_makes_the_pool_not_quotable_until_it_heals()
    {
        var right = Usual.ArrayBytes(0);
        (PoolDefect Defect, byte[] Data, Pubkey Owner)[] broken =
        [
            (PoolDefect.WrongOwner, right, Programs.Token),
            (PoolDefect.WrongLayout, right[..9_000], Programs.RaydiumClmm),
            (PoolDefect.ImpossibleValue, Changed(right, 40, 60), Programs.RaydiumClmm),
            (PoolDefect.ImpossibleValue, Changed(right, Usual.OffsetOf(600), 1), Programs.RaydiumClmm),
            (PoolDefect.ImpossibleValue, Changed(right, 8, 0xee), Programs.RaydiumClmm),
            (PoolDefect.ImpossibleValue, Usual.ArrayBytes(-3_600), Programs.RaydiumClmm), // twice the same
        ];
        var pool = Usual.Pool();
        foreach (var (defect, data, owner) in broken)
        {
            Assert.True(pool.Apply(TokenBytes.Write(ArrayKey(0), owner, data)));
            Assert.Equal(defect, pool.Defect);
            Assert.True(pool.Apply(TokenBytes.Write(ArrayKey(0), Programs.RaydiumClmm, right)));
            Assert.Equal(PoolDefect.None, pool.Defect);
        }
    }

    [Fact]
    public void An_array_that_is_marked_and_absent_ends_a_swap_that_comes_to_it()
    {
        var pool = Usual.Pool();
        Close(pool, 3_600);
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.True(pool.QuoteExactIn(SwapDirection.BToA, Million, PoolChecks.Clock).IsOk);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(SwapDirection.BToA, All, PoolChecks.Clock).Error);
        Assert.Equal(
            QuoteError.LiquidityInsufficient, pool.QuoteExactIn(SwapDirection.AToB, All, PoolChecks.Clock).Error);
        Close(pool, 0);
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        pool.Apply(Part(0));
        Assert.Equal(PoolDefect.None, pool.Defect);
    }

    [Fact]
    public void An_array_that_is_not_marked_is_empty_whatever_it_holds()
    {
        var pool = Usual.Pool();
        pool.Apply(PoolWrite(Usual with { Ticks = Usual.Ticks[..3] }));
        Assert.Equal([-6_000, -600, 600], pool.Ticks.ToArray().Select(tick => tick.Index));
        Assert.Equal(
            QuoteError.LiquidityInsufficient, pool.QuoteExactIn(SwapDirection.BToA, All, PoolChecks.Clock).Error);
        pool.Apply(PoolWrite(Usual with { Ticks = [] }));
        Assert.Equal(
            QuoteError.LiquidityInsufficientForDirection,
            pool.QuoteExactIn(SwapDirection.BToA, Million, PoolChecks.Clock).Error);
        Assert.Equal(0, pool.MarginalRate(SwapDirection.BToA));
        Assert.Equal(0, pool.FillCurve(SwapDirection.BToA, new CurveSegment[9]));
    }

    [Theory]
    [InlineData(124)]
    [InlineData(132)]
    public void Limit_orders_at_a_tick_of_an_array_that_is_reached_are_not_quoted(int offset)
    {
        var pool = Usual.Pool();
        var start = Usual.StartOf(6_000);
        var ordered = Changed(Usual.ArrayBytes(start), Usual.OffsetOf(6_060) + offset, 1);
        pool.Apply(Part(start, ordered));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.True(pool.QuoteExactIn(SwapDirection.BToA, Million, PoolChecks.Clock).IsOk);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(SwapDirection.BToA, All, PoolChecks.Clock).Error);
        pool.Apply(Part(0, Changed(Usual.ArrayBytes(0), Usual.OffsetOf(600) + offset, 1)));
        foreach (var direction in Enum.GetValues<SwapDirection>())
            Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(direction, Million, PoolChecks.Clock).Error);
        Assert.Equal(PoolDefect.UnprovenRule, pool.Defect); // the array where it stands: no way out
        pool.Apply(Part(0));
        Assert.Equal(PoolDefect.None, pool.Defect);
    }

    [Fact]
    public void What_orders_left_behind_does_no_harm()
    {
        var pool = Usual.Pool();
        var data = Changed(Changed(Usual.ArrayBytes(0), Usual.OffsetOf(600) + 116, 7), Usual.OffsetOf(600) + 140, 7);
        pool.Apply(Part(0, data)); // phase and ratio of orders that are gone
        Assert.True(pool.QuoteExactIn(SwapDirection.BToA, Million, PoolChecks.Clock).IsOk);
    }

    [Fact]
    public void A_small_spacing_needs_the_extension()
    {
        var bytes = Usual with { Spacing = 10, Ticks = [(-10, 5), (306_590, 1), (307_200, -6)] };
        var writes = bytes.Writes();
        var pool = new RaydiumClmmPool(new PoolId(PoolKey));
        foreach (var write in writes.Where(write => write.Key != Extension)) pool.Apply(write);
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        pool.Apply(writes.Single(write => write.Key == Extension));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal([-10, 306_590, 307_200], pool.Ticks.ToArray().Select(tick => tick.Index));
        Assert.Equal(
            QuoteError.LiquidityInsufficient, pool.QuoteExactIn(SwapDirection.AToB, All, PoolChecks.Clock).Error);
        foreach (var defect in new[] { PoolDefect.WrongLayout, PoolDefect.ImpossibleValue, PoolDefect.AccountClosed })
        {
            pool.Apply(BrokenExtension(bytes, defect));
            Assert.Equal(defect, pool.Defect);
        }
        var wide = new RaydiumClmmPool(new PoolId(PoolKey));
        foreach (var write in (Usual with { Spacing = 15 }).Writes().Where(write => write.Key != Extension))
            wide.Apply(write);
        Assert.Equal(PoolDefect.None, wide.Defect);
    }

    [Fact]
    public void The_negative_side_of_the_extension_is_not_quoted()
    {
        var bytes = Usual with { Spacing = 10, HasNegative = true };
        var pool = bytes.Pool();
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.True(pool.QuoteExactIn(SwapDirection.AToB, Million, PoolChecks.Clock).IsOk);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(SwapDirection.AToB, All, PoolChecks.Clock).Error);
        Assert.Equal(
            QuoteError.LiquidityInsufficient, pool.QuoteExactIn(SwapDirection.BToA, All, PoolChecks.Clock).Error);
        pool.Apply(PoolWrite(bytes with { SqrtPrice = RaydiumTickMath.PriceAt(-307_201) }));
        Assert.Equal(PoolDefect.UnprovenRule, pool.Defect);
        pool.Apply(PoolWrite(bytes with { SqrtPrice = RaydiumTickMath.PriceAt(-307_200) }));
        Assert.Equal(PoolDefect.None, pool.Defect);
    }

    private static AccountWrite BrokenExtension(RaydiumClmmBytes bytes, PoolDefect defect)
    {
        var write = TokenBytes.Write(Extension, Programs.RaydiumClmm, bytes.ExtensionBytes());
        return defect switch
        {
            PoolDefect.WrongLayout => write with { Data = bytes.ExtensionBytes().AsMemory(0, 1831) },
            PoolDefect.ImpossibleValue => write with { Data = Changed(bytes.ExtensionBytes(), 8, 0xee) },
            _ => write with { Data = default, Lamports = 0 },
        };
    }

    private static void Close(RaydiumClmmPool pool, int start) =>
        Assert.True(pool.Apply(Part(start) with { Data = default, Lamports = 0, Owner = default }));

    private static AccountWrite PoolWrite(RaydiumClmmBytes bytes) =>
        TokenBytes.Write(PoolKey, Programs.RaydiumClmm, bytes.PoolBytes());

    private static AccountWrite Part(int start, byte[]? data = null) =>
        TokenBytes.Write(ArrayKey(start), Programs.RaydiumClmm, data ?? Usual.ArrayBytes(start));

    private static byte[] Changed(byte[] data, int offset, byte value)
    {
        data = [.. data];
        data[offset] = value;
        return data;
    }
}
