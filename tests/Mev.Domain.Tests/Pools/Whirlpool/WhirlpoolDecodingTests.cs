using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;
using static Mev.Domain.Tests.Pools.Whirlpool.WhirlpoolBytes;
using static Mev.Domain.Tests.Pools.Whirlpool.WhirlpoolVectors;

namespace Mev.Domain.Tests.Pools.Whirlpool;

public sealed class WhirlpoolDecodingTests
{
    private static readonly TokenAmount Million = new(1_000_000);

    public static TheoryData<PoolDefect, string> Defects => new()
    {
        { PoolDefect.WrongOwner, "owner" },
        { PoolDefect.WrongLayout, "discriminator" },
        { PoolDefect.WrongLayout, "cut" },
        { PoolDefect.AccountClosed, "closed" },
        { PoolDefect.ImpossibleValue, "spacing" },
        { PoolDefect.ImpossibleValue, "protocol rate" },
        { PoolDefect.ImpossibleValue, "price low" },
        { PoolDefect.ImpossibleValue, "price high" },
        { PoolDefect.ImpossibleValue, "tick" },
        { PoolDefect.ImpossibleValue, "liquidity" },
        { PoolDefect.ImpossibleValue, "mint" },
        { PoolDefect.UnprovenRule, "adaptive fee" },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public void Hostile_pool_bytes_are_named_and_right_ones_heal_them(PoolDefect defect, string what)
    {
        var bytes = new WhirlpoolBytes();
        var pool = bytes.Pool((-64, 5), (128, -5));
        Assert.Equal(PoolDefect.None, pool.Defect);
        pool.Apply(Hostile(bytes, what));
        Assert.Equal(defect, pool.Defect);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(SwapDirection.AToB, Million, NoClock).Error);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactOut(SwapDirection.BToA, Million, NoClock).Error);
        Assert.Equal(QuoteError.NotQuotable, pool.Swap(SwapDirection.BToA, Million, true).Error);
        Assert.Equal(QuoteError.NotQuotable, pool.Execute(SwapDirection.AToB, Million, NoClock, 3).Error);
        Assert.Equal(0, pool.MarginalRate(SwapDirection.AToB));
        Assert.Equal(0, pool.FillCurve(SwapDirection.AToB, new CurveSegment[9]));
        pool.Apply(Write(PoolKey, bytes.PoolData()));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.True(pool.QuoteExactIn(SwapDirection.AToB, Million, NoClock).IsOk);
    }

    private static AccountWrite Hostile(WhirlpoolBytes bytes, string what) => what switch
    {
        "owner" => Write(PoolKey, bytes.PoolData(), owner: Programs.RaydiumCpmm),
        "discriminator" => Write(PoolKey, [.. new byte[8], .. bytes.PoolData()[8..]]),
        "cut" => Write(PoolKey, bytes.PoolData()[..652]),
        "closed" => Write(PoolKey, [], owner: default(Pubkey)),
        "spacing" => Write(PoolKey, (bytes with { Spacing = 0 }).PoolData()),
        "protocol rate" => Write(PoolKey, (bytes with { ProtocolRate = 10_001 }).PoolData()),
        "price low" => Write(PoolKey, (bytes with { SqrtPrice = 4295048015, Tick = -443636 }).PoolData()),
        "price high" => Write(PoolKey, (bytes with { SqrtPrice = UInt128.MaxValue, Tick = 443636 }).PoolData()),
        "tick" => Write(PoolKey, (bytes with { Tick = 1 }).PoolData()),
        "liquidity" => Write(PoolKey, (bytes with { Liquidity = UInt128.One << 127 }).PoolData()),
        "mint" => Write(PoolKey, [.. bytes.PoolData()[..181], .. Key(2).ToArray(), .. bytes.PoolData()[213..]]),
        "adaptive fee" => Write(PoolKey, (bytes with { FeeTierSeed = 1024 }).PoolData()),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    [Fact]
    public void Tick_arrays_are_taken_in_any_order_and_others_are_left_alone()
    {
        var bytes = new WhirlpoolBytes();
        var pool = new WhirlpoolPool(new PoolId(PoolKey));
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        Assert.True(pool.Apply(Write(ArrayKey(0), bytes.FixedArray(0, (64, -7), (640, 3)))));
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        Assert.True(pool.Apply(Write(PoolKey, bytes.PoolData())));
        Assert.True(pool.Apply(Write(ArrayKey(-5632), bytes.FixedArray(-5632, (-64, 4)))));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal([-64, 64, 640], pool.Ticks.ToArray().Select(tick => tick.Index));
        Assert.Equal((Int128)(-7), pool.Ticks[1].LiquidityNet);
        Assert.Equal(TickMath.PriceAt(640), pool.Ticks[2].SqrtPrice);

        var foreign = bytes.FixedArray(5632, (5632, 1));
        Key(9).CopyTo(foreign.AsSpan(9956));
        Assert.False(pool.Apply(Write(ArrayKey(5632), foreign)));
        Assert.False(pool.Apply(Write(ArrayKey(5632), bytes.FixedArray(5632), owner: Programs.Token)));
        Assert.False(pool.Apply(Write(ArrayKey(5632), bytes.FixedArray(5632)[..9987])));
        Assert.Equal(5, pool.Accounts.Length); // the pool account, two mints, two tick arrays
    }

    [Fact]
    public void A_closed_tick_array_counts_as_empty()
    {
        var bytes = new WhirlpoolBytes();
        var pool = bytes.Pool((-64, 4), (64, -4));
        Assert.True(pool.Apply(Write(ArrayKey(0), [], owner: default(Pubkey))));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal(-64, Assert.Single(pool.Ticks.ToArray()).Index);
    }

    [Fact]
    public void A_broken_tick_array_makes_the_pool_not_quotable_until_it_heals()
    {
        var bytes = new WhirlpoolBytes();
        var right = bytes.FixedArray(0, (64, -4));
        (PoolDefect Defect, byte[] Data, Pubkey Owner)[] broken =
        [
            (PoolDefect.WrongOwner, right, Programs.Token),
            (PoolDefect.WrongLayout, right[..9000], Programs.Whirlpool),
            (PoolDefect.ImpossibleValue, bytes.FixedArray(64), Programs.Whirlpool),
            (PoolDefect.ImpossibleValue, bytes.FixedArray(5632 * 79), Programs.Whirlpool),
            (PoolDefect.ImpossibleValue, Changed(right, 12 + 113, 2), Programs.Whirlpool),
            (PoolDefect.ImpossibleValue, Changed(right, 12 + 113 + 17, 0), Programs.Whirlpool),
            (PoolDefect.ImpossibleValue, Changed(right, 9956, 0xee), Programs.Whirlpool),
            (PoolDefect.ImpossibleValue, bytes.FixedArray(-5632), Programs.Whirlpool),
        ];
        var pool = bytes.Pool((-64, 4), (64, -4));
        foreach (var (defect, data, owner) in broken)
        {
            Assert.True(pool.Apply(Write(ArrayKey(0), data, owner: owner)));
            Assert.Equal(defect, pool.Defect);
            Assert.True(pool.Apply(Write(PoolKey, bytes.PoolData())));
            Assert.Equal(defect, pool.Defect);
            Assert.True(pool.Apply(Write(ArrayKey(0), right)));
            Assert.Equal(PoolDefect.None, pool.Defect);
            Assert.True(pool.QuoteExactIn(SwapDirection.BToA, Million, NoClock).IsOk);
        }
    }

    [Fact]
    public void A_swap_that_comes_to_a_dynamic_array_is_not_quotable_and_others_are()
    {
        var bytes = new WhirlpoolBytes();
        var pool = bytes.Pool((-64, 0), (64, 0));
        Assert.True(pool.Apply(Write(ArrayKey(5632), bytes.DynamicArray(5632, (5632, -4), (6400, 4)))));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal(2, pool.Ticks.Length);
        var much = new TokenAmount(900_000_000_000);
        Assert.True(pool.QuoteExactIn(SwapDirection.BToA, Million, NoClock).IsOk);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(SwapDirection.BToA, much, NoClock).Error);
        Assert.Equal(QuoteError.NotQuotable, pool.Swap(SwapDirection.BToA, much, true).Error);
        Assert.True(pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(300_000_000_000), NoClock).IsOk);

        Assert.True(pool.Apply(Write(ArrayKey(-5632), bytes.DynamicArray(-5632, (-64, 4)))));
        Assert.True(pool.Apply(Write(PoolKey, (bytes with { SqrtPrice = TickMath.PriceAt(-700) }).PoolData())));
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(SwapDirection.AToB, Million, NoClock).Error);
        Assert.Equal(0, pool.MarginalRate(SwapDirection.AToB));
    }

    [Fact]
    public void A_dynamic_array_with_a_wrong_bitmap_or_cut_short_is_named()
    {
        var bytes = new WhirlpoolBytes();
        var pool = bytes.Pool();
        var right = bytes.DynamicArray(0, (64, -4), (640, 4));
        Assert.True(pool.Apply(Write(ArrayKey(0), right)));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.True(pool.Apply(Write(ArrayKey(0), Changed(right, 44, 0))));
        Assert.Equal(PoolDefect.ImpossibleValue, pool.Defect);
        Assert.True(pool.Apply(Write(ArrayKey(0), right[..^1])));
        Assert.Equal(PoolDefect.WrongLayout, pool.Defect);
    }

    [Fact]
    public void No_cut_or_flipped_bytes_throw()
    {
        var bytes = new WhirlpoolBytes();
        (Pubkey Key, byte[] Data)[] accounts =
        [
            (PoolKey, bytes.PoolData()),
            (ArrayKey(0), bytes.FixedArray(0, (64, -4), (640, 9))),
            (ArrayKey(-5632), bytes.FixedArray(-5632, (-64, 4), (-1280, -9))),
            (ArrayKey(5632), bytes.DynamicArray(5632, (5632, 1), (6400, -1))),
        ];
        var flip = Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte);
        Gen.Select(Gen.Int[0, 3], flip.Array[0, 6], Gen.Int[-2000, 400], Amount).Sample((which, flips, cut, amount) =>
        {
            var pool = new WhirlpoolPool(new PoolId(PoolKey));
            foreach (var (key, data) in accounts) pool.Apply(Write(key, data));
            var hostile = accounts[which].Data.ToArray();
            // Most flips near the front, where the fields are.
            foreach (var (at, value) in flips) hostile[(at % 2 == 0 ? at % 300 : at) % hostile.Length] = value;
            if (cut > 0) hostile = hostile[..Math.Min(cut, hostile.Length)];
            pool.Apply(Write(accounts[which].Key, hostile));
            foreach (var direction in Enum.GetValues<SwapDirection>())
            {
                pool.QuoteExactIn(direction, new TokenAmount(amount), NoClock);
                pool.QuoteExactOut(direction, new TokenAmount(amount), NoClock);
                Assert.InRange(pool.MarginalRate(direction), 0, double.MaxValue);
                pool.FillCurve(direction, new CurveSegment[16]);
                pool.DependsOn(direction, new PoolAccount[4]);
                pool.Execute(direction, new TokenAmount(amount), new ChainClock(new Slot(1), long.MaxValue), 1);
            }
        }, iter: 3_000);
    }

    private static readonly Gen<ulong> Amount = Gen.Select(Gen.Int[0, 63], bits => 1UL << bits);

    private static byte[] Changed(byte[] data, int offset, byte value)
    {
        var changed = data.ToArray();
        changed[offset] = value;
        return changed;
    }
}
