using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;
using Mev.Fixtures.Pools;
using static Mev.Domain.Tests.Pools.Whirlpool.WhirlpoolBytes;
using static Mev.Domain.Tests.Pools.Whirlpool.WhirlpoolVectors;

namespace Mev.Domain.Tests.Pools.Whirlpool;

public sealed class WhirlpoolPoolTests
{
    private static readonly TokenAmount Million = new(1_000_000);

    [Fact]
    public void A_quote_depends_on_the_pool_and_the_existing_arrays_of_its_instruction()
    {
        // Span 5,632. At tick 5,600 a swap up begins in the next array already: tick + spacing lies in it.
        var bytes = new WhirlpoolBytes { SqrtPrice = TickMath.PriceAt(5600) };
        var pool = bytes.Pool((-6400, 1), (-64, 1), (64, 1), (5632, 1), (17_000, 1), (22_600, 1));
        Assert.Equal([PoolKey, ArrayKey(0), ArrayKey(-5632), ArrayKey(-11264)], Keys(pool, SwapDirection.AToB));
        Assert.Equal([PoolKey, ArrayKey(5632), ArrayKey(16896)], Keys(pool, SwapDirection.BToA));
    }

    [Fact]
    public void A_copy_quotes_the_same_follows_its_source_and_keeps_its_own_bytes()
    {
        var bytes = new WhirlpoolBytes();
        var source = bytes.Pool((-64, 5_000), (64, -5_000));
        var copy = (WhirlpoolPool)source.NewEmpty();
        copy.CopyFrom(source);
        AssertSame(source, copy);

        source.Apply(Write(PoolKey, (bytes with { Liquidity = 77_000_000 }).PoolData(), version: 2));
        Assert.NotEqual(source.Liquidity, copy.Liquidity);
        source.Apply(Write(ArrayKey(5632), bytes.FixedArray(5632, (5632, 3)), version: 3));
        copy.CopyFrom(source);
        AssertSame(source, copy);

        var before = source.Accounts[0].Data.ToArray();
        Assert.True(copy.Execute(SwapDirection.BToA, Million, NoClock, writeVersion: 4).IsOk);
        Assert.Equal(before, source.Accounts[0].Data.ToArray());
        copy.CopyFrom(source);
        AssertSame(source, copy);
    }

    [Fact]
    public void An_executed_copy_that_crossed_a_tick_leaves_the_shared_array_of_its_source()
    {
        var bytes = new WhirlpoolBytes();
        var source = bytes.Pool((-64, 5_000), (64, -5_000));
        var copy = (WhirlpoolPool)source.NewEmpty();
        copy.CopyFrom(source);
        var much = new TokenAmount(9_000_000_000);
        Assert.Equal(1, copy.Execute(SwapDirection.BToA, much, NoClock, writeVersion: 4).TicksCrossed);
        Assert.Equal((4UL, 5UL), (copy.Accounts[0].WriteVersion, Array(copy, 0).WriteVersion));
        Assert.False(Array(copy, 0).Data.SequenceEqual(Array(source, 0).Data));
        copy.CopyFrom(source);
        Assert.True(Array(copy, 0).Data.SequenceEqual(Array(source, 0).Data));
        AssertSame(source, copy);
    }

    [Theory]
    [InlineData(SwapDirection.AToB, new[] { 0, -5632, -11264 })]
    [InlineData(SwapDirection.BToA, new[] { 0, 5632, 11264 })]
    public void A_swap_through_three_arrays_turns_each_crossed_tick_over_once(SwapDirection direction, int[] starts)
    {
        var bytes = new WhirlpoolBytes { SqrtPrice = TickMath.PriceAt(2900) };
        (int Tick, Int128 Net)[] ticks = [.. Enumerable.Range(-20, 40).Select(place => (640 * place, (Int128)place))];
        var pool = bytes.Pool(ticks);
        var quote = pool.Execute(direction, new TokenAmount(800_000_000_000), NoClock, writeVersion: 10);
        Assert.Equal(QuoteError.None, quote.Error);
        var growth = pool.Accounts[0].Data.Slice(direction == SwapDirection.AToB ? 165 : 245, 16).ToArray();
        Assert.Equal([11UL, 12UL, 13UL], starts.Select(start => Array(pool, start).WriteVersion));
        var turned = 0;
        foreach (var (tick, _) in ticks)
        {
            var start = (int)Math.Floor((double)tick / bytes.Span) * bytes.Span;
            var outside = Array(pool, start).Data.Slice(12 + 113 * ((tick - start) / 64) + 33, 32);
            if (!outside.ContainsAnyExcept((byte)0)) continue;
            turned++;
            var (low, high) = (Math.Min(2900, pool.Tick), Math.Max(2900, pool.Tick));
            Assert.InRange(tick, low + 1, high);
            Assert.False(outside.IndexOf(growth) >= 0, "the fee after the crossing is not outside");
        }
        Assert.Equal(quote.TicksCrossed, turned);
    }

    [Fact]
    public void A_failed_execution_changes_nothing()
    {
        var pool = new WhirlpoolBytes().Pool((-64, 5_000), (64, -5_000));
        var before = pool.Accounts.ToArray().Select(account => account.Hash).ToList();
        var quote = pool.Execute(SwapDirection.AToB, new TokenAmount(ulong.MaxValue), NoClock, writeVersion: 8);
        Assert.Equal(QuoteError.TickArraySequenceInvalidIndex, quote.Error);
        Assert.Equal(before, pool.Accounts.ToArray().Select(account => account.Hash));
    }

    [Fact]
    public void Quoting_copying_and_pool_writes_allocate_nothing()
    {
        var ticks = Enumerable.Range(-100, 200).Select(place => (64 * place, (Int128)place)).ToArray();
        var bytes = new WhirlpoolBytes();
        var pool = bytes.Pool(ticks);
        var copy = pool.NewEmpty();
        var (one, two) = (bytes.PoolData(), (bytes with { SqrtPrice = TickMath.PriceAt(5700) }).PoolData());
        var segments = new CurveSegment[64];
        var accounts = new PoolAccount[4];
        PoolChecks.AllocatesNothing(() =>
        {
            for (var round = 0; round < 200; round++) Use();
        });

        void Use()
        {
            pool.Apply(Write(PoolKey, two, version: 2));
            copy.CopyFrom(pool);
            pool.Apply(Write(PoolKey, one, version: 3));
            copy.CopyFrom(pool);
            for (var direction = SwapDirection.AToB; direction <= SwapDirection.BToA; direction++)
            {
                var isOk = copy.QuoteExactIn(direction, Million, NoClock).IsOk
                    && copy.QuoteExactIn(direction, new TokenAmount(90_000_000_000), NoClock).TicksCrossed > 10
                    && copy.QuoteExactOut(direction, new TokenAmount(90_000_000_000), NoClock).TicksCrossed > 10
                    && ((WhirlpoolPool)copy).Swap(direction, Million, isExactIn: false).Error == QuoteError.None
                    && copy.MarginalRate(direction) > 0
                    && copy.FillCurve(direction, segments) > 10
                    && copy.DependsOn(direction, accounts) > 1;
                if (!isOk) Assert.Fail("a quote failed");
            }
        }
    }

    private static Pubkey[] Keys(WhirlpoolPool pool, SwapDirection direction)
    {
        var accounts = new PoolAccount[4];
        return [.. accounts[..pool.DependsOn(direction, accounts)].Select(account => account.Key)];
    }

    private static PoolAccount Array(WhirlpoolPool pool, int start) =>
        pool.Accounts.ToArray().Single(account => account.Key == ArrayKey(start));

    private static void AssertSame(WhirlpoolPool one, WhirlpoolPool other)
    {
        Assert.Equal(one.Defect, other.Defect);
        Assert.Equal((one.MintA, one.MintB, one.Slot), (other.MintA, other.MintB, other.Slot));
        Assert.Equal(
            one.Accounts.ToArray().Select(account => (account.Key, account.Hash)),
            other.Accounts.ToArray().Select(account => (account.Key, account.Hash)));
        foreach (var direction in Enum.GetValues<SwapDirection>())
        {
            Assert.Equal(
                one.Swap(direction, new TokenAmount(9_000_000_000), isExactIn: true),
                other.Swap(direction, new TokenAmount(9_000_000_000), isExactIn: true));
            Assert.Equal(one.MarginalRate(direction), other.MarginalRate(direction));
        }
    }
}
