using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;
using static Mev.Fixtures.Pools.MeteoraDlmmBytes;

namespace Mev.Domain.Tests.Pools.MeteoraDlmm;

public sealed class MeteoraDlmmPoolTests
{
    internal const long Moved = 1_774_000_000;

    private static readonly TokenAmount Thousand = new(1_000);

    /// <summary>Seventeen bins on either side, in four arrays, of a pair that was moved at some time.</summary>
    internal static readonly MeteoraDlmmBytes Ladder = new()
    {
        Bins = [.. Enumerable.Range(-17, 35).Select(step => new MeteoraDlmmBinBytes(
            7 * step, step >= 0 ? 1_000_000UL : 0, step <= 0 ? 1_000_000UL : 0))],
        Accumulator = 60_000,
        Reference = 50_000,
        IndexReference = 1,
        LastUpdate = Moved,
    };

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(0, true, false)]
    [InlineData(1, false, false)]
    [InlineData(2, true, true)]
    public void Orders_count_by_function_and_rewards(int function, bool hasReward, bool doCount)
    {
        var bytes = new MeteoraDlmmBytes
        {
            Bins = [new(0, Y: 100) { OpenOrders = 500, ProcessedLeft = 400 }],
            FunctionType = (byte)function,
            HasReward = hasReward,
        };
        var pool = bytes.Pool();
        Assert.Equal(doCount, pool.DoOrdersCount);
        Assert.Equal(doCount, pool.QuoteExactOut(SwapDirection.AToB, new TokenAmount(900), PoolChecks.Clock).IsOk);
        Assert.True(pool.QuoteExactOut(SwapDirection.AToB, new TokenAmount(100), PoolChecks.Clock).IsOk);
    }

    [Fact]
    public void A_swap_that_needs_more_arrays_than_an_instruction_passes_is_refused_as_the_program_does()
    {
        MeteoraDlmmBinBytes[] bins = [new(0, 1_000), new(70, 1_000), new(140, 1_000), new(210, 1_000), new(280, 1_000)];
        var pool = new MeteoraDlmmBytes { Bins = bins }.Pool();
        var three = pool.QuoteExactOut(SwapDirection.BToA, new TokenAmount(3_000), PoolChecks.Clock);
        Assert.Equal((QuoteError.None, 140), (three.Error, three.TicksCrossed));
        var four = pool.QuoteExactOut(SwapDirection.BToA, new TokenAmount(3_001), PoolChecks.Clock);
        Assert.Equal(QuoteError.BinArrayNotPassed, four.Error);
        var one = pool.Swap(SwapDirection.BToA, new TokenAmount(1_001), false, PoolChecks.Clock, [ArrayKey(0)]);
        Assert.Equal(QuoteError.BinArrayNotPassed, one.Error);
        Assert.Equal([PairKey, ArrayKey(0), ArrayKey(1), ArrayKey(2)], DependsOn(pool, SwapDirection.BToA));
        Assert.Equal([PairKey, ArrayKey(0)], DependsOn(pool, SwapDirection.AToB));
    }

    [Fact]
    public void Arrays_without_liquidity_are_jumped_and_one_that_was_not_seen_cannot_be_told()
    {
        var bytes = new MeteoraDlmmBytes
        {
            Bins = [new(0, 1_000, 1_000), new(420, 1_000), new(-3_000, Y: 1_000)],
            ArraysUnseen = [9],
        };
        var pool = bytes.Pool();
        var jump = pool.QuoteExactOut(SwapDirection.BToA, new TokenAmount(1_500), PoolChecks.Clock);
        Assert.Equal((QuoteError.None, 70), (jump.Error, jump.TicksCrossed)); // to the first bin of array 6
        Assert.Equal(
            QuoteError.NotQuotable,
            pool.QuoteExactOut(SwapDirection.BToA, new TokenAmount(2_001), PoolChecks.Clock).Error);
        Assert.Equal([PairKey, ArrayKey(0), ArrayKey(6)], DependsOn(pool, SwapDirection.BToA));
        var down = pool.Execute(SwapDirection.AToB, new TokenAmount(1_000_000), PoolChecks.Clock, writeVersion: 2);
        Assert.Equal(QuoteError.BitmapExtensionMissing, down.Error);
        Assert.True(pool.QuoteExactOut(SwapDirection.AToB, new TokenAmount(1_500), PoolChecks.Clock).IsOk);
    }

    [Fact]
    public void More_bins_than_fit_a_transaction_are_refused()
    {
        var bytes = new MeteoraDlmmBytes
        {
            BinStep = 1,
            Bins = [.. Enumerable.Range(0, 210).Select(bin => new MeteoraDlmmBinBytes(bin, 1_000))],
        };
        var pool = bytes.Pool();
        var near = pool.QuoteExactOut(SwapDirection.BToA, new TokenAmount(200_500), PoolChecks.Clock);
        Assert.Equal((QuoteError.None, 200), (near.Error, near.TicksCrossed));
        var far = pool.QuoteExactOut(SwapDirection.BToA, new TokenAmount(201_500), PoolChecks.Clock);
        Assert.Equal((QuoteError.TooManyCrossings, 201), (far.Error, far.TicksCrossed));
    }

    [Fact]
    public void Transfer_fees_wrap_the_whole()
    {
        var fee = new TransferFee(5_000, 50);
        var bytes = Ladder with { MintX2022 = MintWithFee(fee) };
        var (pool, bare) = (bytes.Pool(), Ladder.Pool());
        foreach (var amount in new ulong[] { 40_000, 1_000_000, 3_000_000 })
        {
            var wrapped = pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(amount), At(Moved));
            var inner = bare.QuoteExactIn(SwapDirection.AToB, new TokenAmount(amount - fee.Of(amount)), At(Moved));
            Assert.Equal((amount, inner.AmountOut), (wrapped.AmountIn.Units, wrapped.AmountOut));
            wrapped = pool.QuoteExactIn(SwapDirection.BToA, new TokenAmount(amount), At(Moved));
            inner = bare.QuoteExactIn(SwapDirection.BToA, new TokenAmount(amount), At(Moved));
            Assert.Equal(inner.AmountOut.Units - fee.Of(inner.AmountOut.Units), wrapped.AmountOut.Units);
        }
        Assert.Contains(MintX, DependsOn(pool, SwapDirection.AToB));
        Assert.Equal(0, pool.AlsoReads(new PoolAccount[2]));
    }

    [Fact]
    public void A_copy_quotes_the_same_follows_its_source_and_keeps_its_own_bytes()
    {
        var source = Ladder.Pool();
        var copy = (MeteoraDlmmPool)source.NewEmpty();
        copy.CopyFrom(source);
        AssertSame(source, copy);
        source.Apply(TokenBytes.Write(PairKey, Programs.MeteoraDlmm, (Ladder with { ActiveBin = 8 }).PairBytes(), 2));
        Assert.NotEqual(source.ActiveBin, copy.ActiveBin);
        source.Apply(TokenBytes.Write(ArrayKey(0), Programs.MeteoraDlmm, Ladder.ArrayBytes(0), 3));
        copy.CopyFrom(source);
        AssertSame(source, copy);

        var before = PoolChecks.Bytes(source);
        Assert.True(copy.Execute(SwapDirection.BToA, new TokenAmount(2_500_000), At(Moved), writeVersion: 4).IsOk);
        Assert.Equal(before, PoolChecks.Bytes(source));
        Assert.NotEqual(before, PoolChecks.Bytes(copy));
        copy.CopyFrom(source);
        AssertSame(source, copy);
    }

    [Fact]
    public void Quotes_curves_and_copies_allocate_nothing()
    {
        var mint = MintWithFee(new TransferFee(5_000, 50));
        var pool = (Ladder with { MintX2022 = mint, CollectFeeMode = 1 }).Pool();
        var copy = pool.NewEmpty();
        var (one, two) = (Ladder.PairBytes(), (Ladder with { ActiveBin = 15 }).PairBytes());
        var (segments, accounts) = (new CurveSegment[64], new PoolAccount[8]);
        PoolChecks.AllocatesNothing(() =>
        {
            for (var round = 0; round < 200; round++) Use();
        });

        void Use()
        {
            pool.Apply(TokenBytes.Write(PairKey, Programs.MeteoraDlmm, two, 2));
            copy.CopyFrom(pool);
            pool.Apply(TokenBytes.Write(PairKey, Programs.MeteoraDlmm, one, 3));
            copy.CopyFrom(pool);
            for (var direction = SwapDirection.AToB; direction <= SwapDirection.BToA; direction++)
            {
                var isOk = copy.QuoteExactIn(direction, Thousand, At(Moved)).IsOk
                    && copy.QuoteExactIn(direction, new TokenAmount(5_500_000), At(Moved)).TicksCrossed > 20
                    && copy.QuoteExactOut(direction, new TokenAmount(5_500_000), At(Moved)).TicksCrossed > 20
                    && copy.MarginalRate(direction) > 0
                    && copy.FillCurve(direction, At(Moved), segments) > 10
                    && copy.DependsOn(direction, accounts) > 2;
                if (!isOk) Assert.Fail("a quote failed");
            }
        }
    }

    internal static ChainClock At(long time) => new(new Slot(409_000_000), time);

    private static Pubkey[] DependsOn(MeteoraDlmmPool pool, SwapDirection direction)
    {
        var accounts = new PoolAccount[8];
        return [.. accounts[..pool.DependsOn(direction, accounts)].Select(account => account.Key)];
    }

    private static void AssertSame(MeteoraDlmmPool one, MeteoraDlmmPool other)
    {
        Assert.Equal((one.Defect, one.MintA, one.Slot), (other.Defect, other.MintA, other.Slot));
        Assert.Equal(PoolChecks.Bytes(one), PoolChecks.Bytes(other));
        foreach (var direction in Enum.GetValues<SwapDirection>())
        {
            var amount = new TokenAmount(3_000_000);
            Assert.Equal(
                one.QuoteExactIn(direction, amount, At(Moved)), other.QuoteExactIn(direction, amount, At(Moved)));
            Assert.Equal(one.MarginalRate(direction), other.MarginalRate(direction));
        }
    }
}
