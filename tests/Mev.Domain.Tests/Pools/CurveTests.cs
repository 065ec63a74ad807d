using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools;

/// <summary>Sizing relies on a curve that no exact quote exceeds and that the quotes come close to.</summary>
public sealed class CurveTests
{
    private static readonly ChainClock Clock = new(new Slot(1_000), 1_700_000_000);

    [Fact]
    public void No_quote_exceeds_the_curve_of_a_pool_whose_transfer_fees_reach_their_maximum()
    {
        Gen.Select(Gen.ULong[1, 1_000_000], Gen.Int[1, 10_000], Gen.Bool, Gen.ULong[1, 10_000_000_000])
            .Sample((maximum, basisPoints, isFeeOnInput, amount) =>
            {
                var fee = new TransferFee(maximum, (ushort)basisPoints);
                var pool = new RaydiumCpmmBytes { Mint1Token2022 = RaydiumCpmmBytes.MintWithFee(fee) }.Pool();
                Check(pool, isFeeOnInput ? SwapDirection.BToA : SwapDirection.AToB, amount);
            });
    }

    [Fact]
    public void No_quote_exceeds_the_curve_of_a_pool_that_takes_no_fee_of_small_amounts()
    {
        Gen.Select(Gen.ULong[1, 1_000], Gen.ULong[1_000, 1_000_000_000_000], Gen.ULong[1, 5_000]).Sample(
            (coins, pcs, amount) => Check(
                new RaydiumAmmV4Bytes { Coins = coins, Pcs = pcs }.Pool(), SwapDirection.AToB, amount));
    }

    private static void Check(Pool pool, SwapDirection direction, ulong amount)
    {
        var quote = pool.QuoteExactIn(direction, new TokenAmount(amount), Clock);
        if (!quote.IsOk) return;
        var curve = Curve(pool, direction, amount);
        Assert.True(quote.AmountOut.Units <= curve * (1 + 1e-9) + 1, $"{quote.AmountOut} above {curve}");
        // Three roundings against the user, each of a unit in or out.
        var unit = Curve(pool, direction, amount) - Curve(pool, direction, amount - Math.Min(amount, 3));
        Assert.True(quote.AmountOut.Units >= curve * (1 - 1e-9) - unit - 3, $"{quote.AmountOut} far below {curve}");
    }

    private static double Curve(Pool pool, SwapDirection direction, double amount)
    {
        Span<CurveSegment> segments = stackalloc CurveSegment[4];
        var count = pool.FillCurve(direction, segments);
        var segment = segments[0];
        for (var i = 1; i < count && segments[i].InStart <= amount; i++) segment = segments[i];
        var swapped = (amount - segment.InStart) * segment.Keep;
        return segment.OutStart
            + segment.ReserveOut * swapped / (segment.ReserveIn + swapped) * segment.OutKeep;
    }
}
