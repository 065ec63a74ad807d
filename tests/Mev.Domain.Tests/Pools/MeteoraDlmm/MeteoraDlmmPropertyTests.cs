using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.MeteoraDlmm;

public sealed class MeteoraDlmmPropertyTests
{
    /// <summary>Amounts of every magnitude that the bins below can take or nearly take.</summary>
    private static readonly Gen<ulong> Amount =
        Gen.Select(Gen.ULong, Gen.Int[16, 63], (value, shift) => value >> shift);

    private static readonly Gen<MeteoraDlmmBinBytes> Bin =
        from bin in Gen.Int[-95, 95]
        from x in Amount
        from y in Amount
        from open in Gen.OneOf(Gen.Const(0UL), Amount)
        from left in Gen.OneOf(Gen.Const(0UL), Amount)
        from side in Gen.Byte[0, 1]
        select new MeteoraDlmmBinBytes(bin, x, y) { OpenOrders = open, ProcessedLeft = left, AskSide = side };

    private static readonly Gen<byte[]?> Mint = Gen.OneOf(
        Gen.Const((byte[]?)null),
        Gen.Select(Amount, Gen.UShort[0, 9_999], (maximum, basisPoints) =>
            (byte[]?)MeteoraDlmmBytes.MintWithFee(new TransferFee(maximum, basisPoints))));

    private static readonly Gen<MeteoraDlmmBytes> Pair =
        from bins in Bin.Array[1, 40]
        from active in Gen.Int[-90, 90]
        from step in Gen.OneOf(Gen.UShort[1, 50], Gen.UShort[100, 400])
        from control in Gen.OneOf(Gen.Const(0u), Gen.UInt[1, 200_000])
        from accumulator in Gen.UInt[0, 350_000]
        from reference in Gen.UInt[0, 175_000]
        from index in Gen.Int[-110, 110]
        from modes in Gen.Select(Gen.Byte[0, 2], Gen.Byte[0, 1], Gen.Bool)
        from mints in Gen.Select(Mint, Mint)
        from unseen in Gen.OneOf(Gen.Const(Array.Empty<int>()), Gen.Int[-4, 4].Array[1])
        let seen = bins.Select(bin => MeteoraDlmmBytes.ArrayOf(bin.Bin)).ToHashSet()
        select new MeteoraDlmmBytes
        {
            Bins = [.. bins.DistinctBy(bin => bin.Bin)],
            ArraysUnseen = [.. unseen.Where(array => !seen.Contains(array))],
            ActiveBin = active,
            BinStep = step,
            VariableFeeControl = control,
            Accumulator = accumulator,
            Reference = reference,
            IndexReference = index,
            LastUpdate = 1_000_000,
            FunctionType = modes.Item1,
            CollectFeeMode = modes.Item2,
            HasReward = modes.Item3,
            MintX2022 = mints.Item1,
            MintY2022 = mints.Item2,
        };

    private static readonly Gen<ChainClock> Clock =
        Gen.Long[999_990, 1_000_700].Select(time => new ChainClock(new Slot(409_000_000), time));

    [Fact]
    public void The_fast_walk_equals_the_slow_one_in_big_integers()
    {
        var (succeeded, moved) = (0, 0);
        Gen.Select(Pair, Amount, Gen.Bool, Gen.Bool, Clock).Sample((bytes, amount, isXToY, isExactIn, clock) =>
        {
            var expected = new MeteoraDlmmReference(bytes).Swap(isXToY, isExactIn, amount, clock);
            var quote = Ask(bytes.Pool(), isXToY, isExactIn, amount, clock);
            // A fee that is not that of the amount found: the one case in which programs differ is not told.
            if (quote.Error == QuoteError.NotQuotable && HasTransferFee(bytes) && !isExactIn) return;
            Assert.Equal(
                (expected.Error, expected.In, expected.Out),
                (quote.Error, quote.AmountIn.Units, quote.AmountOut.Units));
            if (!quote.IsOk) return;
            Interlocked.Increment(ref succeeded);
            if (expected.Bin != bytes.ActiveBin) Interlocked.Increment(ref moved);
        }, iter: 12_000);
        Assert.InRange(succeeded, 2_000, 12_000);
        Assert.InRange(moved, 1_000, 12_000);
    }

    [Fact]
    public void An_executed_swap_takes_and_gives_what_was_quoted_and_moves_the_pair_there() =>
        Gen.Select(Pair, Amount, Gen.Bool, Clock).Sample((bytes, amount, isXToY, clock) =>
        {
            var pool = bytes.Pool();
            var direction = Direction(isXToY);
            var expected = new MeteoraDlmmReference(bytes).Swap(isXToY, isExactIn: true, amount, clock);
            var (before, held) = (PoolChecks.Bytes(pool), Held(pool, isXToY));
            var executed = pool.Execute(direction, new TokenAmount(amount), clock, writeVersion: 9);
            Assert.Equal(expected.Error, executed.Error);
            if (!executed.IsOk)
            {
                Assert.Equal(before, PoolChecks.Bytes(pool));
                return;
            }
            Assert.Equal((expected.Bin, PoolDefect.None), (pool.ActiveBin, pool.Defect));
            // What the user gets has left the bins; a fee on the output and a transfer fee have left them too.
            var given = held - Held(pool, isXToY);
            Assert.True(given >= (UInt128)executed.AmountOut.Units, $"{given} left, {executed}");
            if (!HasTransferFee(bytes) && (bytes.CollectFeeMode == 0 || !isXToY))
                Assert.Equal((UInt128)executed.AmountOut.Units, given);
        }, iter: 4_000);

    [Fact]
    public void No_quote_beats_the_marginal_rate_whatever_the_clock() =>
        Gen.Select(Pair, Amount, Gen.Bool, Clock).Sample((bytes, amount, isXToY, clock) =>
        {
            var pool = bytes.Pool();
            var direction = Direction(isXToY);
            PoolChecks.KeepsTheRate(pool, direction, Ask(pool, isXToY, isExactIn: true, amount, clock));
            PoolChecks.KeepsTheRate(pool, direction, Ask(pool, isXToY, isExactIn: false, amount, clock));
        }, iter: 6_000);

    [Fact]
    public void No_quote_exceeds_the_curve_of_its_clock_and_none_that_of_any_clock() =>
        Gen.Select(Pair, Amount, Gen.Bool, Clock).Sample((bytes, amount, isXToY, clock) =>
        {
            var pool = bytes.Pool();
            var quote = Ask(pool, isXToY, isExactIn: true, amount, clock);
            if (!quote.IsOk) return;
            var segments = new CurveSegment[512];
            var count = pool.FillCurve(Direction(isXToY), clock, segments);
            var atClock = OutputOf(segments.AsSpan(0, count), amount);
            Assert.True(quote.AmountOut.Units <= atClock * (1 + 1e-9) + 1e-6, $"{quote} above {atClock}");
            // Each bin rounds three parts and a fee against the user, each by a unit of output or of the input that
            // is left after fees: where a transfer fee takes 93 %, that is 14 units of what was sent.
            var slack = 5.0 * (quote.TicksCrossed + 1);
            var sent = slack / LeastKept(segments.AsSpan(0, count));
            var less = OutputOf(segments.AsSpan(0, count), Math.Max(0, amount - sent));
            Assert.True(quote.AmountOut.Units >= less * (1 - 1e-9) - slack, $"{quote} far below {less}");
            count = pool.FillCurve(Direction(isXToY), segments);
            var atAnyClock = OutputOf(segments.AsSpan(0, count), amount);
            Assert.True(atClock <= atAnyClock * (1 + 1e-9) + 1e-6, $"{atClock} above {atAnyClock}");
        }, iter: 6_000);

    [Fact]
    public void Damaged_bytes_never_throw()
    {
        var bytes = new MeteoraDlmmBytes
        {
            Bins = [.. Enumerable.Range(-100, 200).Select(bin => new MeteoraDlmmBinBytes(
                bin, bin >= 0 ? 5_000_000UL : 0, bin <= 0 ? 5_000_000UL : 0) { OpenOrders = 900, ProcessedLeft = 40 })],
            MintX2022 = MeteoraDlmmBytes.MintWithFee(new TransferFee(7, 100)),
            CollectFeeMode = 1,
            LastUpdate = 1_774_710_000,
        };
        AccountWrite[] writes =
        [
            .. bytes.Writes(),
            TokenBytes.Write(TokenBytes.Key("extension"), Programs.MeteoraDlmm, MeteoraDlmmBytes.ExtensionBytes()),
        ];
        // Most places near the front, where the fields are.
        var place = Gen.OneOf(Gen.Int[0, 1_000], Gen.Int[0, 11_000]);
        Gen.Select(Gen.Int[0, writes.Length - 1], place, Gen.Byte[1, 255]).Sample(
            (account, at, with) => PoolChecks.SurvivesDamage(
                () => new MeteoraDlmmPool(new PoolId(MeteoraDlmmBytes.PairKey)), writes, account, at, with),
            iter: 4_000);
        Assert.Equal(7, writes.Length);
    }

    private static Quote Ask(Pool pool, bool isXToY, bool isExactIn, ulong amount, ChainClock clock) => isExactIn
        ? pool.QuoteExactIn(Direction(isXToY), new TokenAmount(amount), clock)
        : pool.QuoteExactOut(Direction(isXToY), new TokenAmount(amount), clock);

    private static SwapDirection Direction(bool isXToY) => isXToY ? SwapDirection.AToB : SwapDirection.BToA;

    private static bool HasTransferFee(MeteoraDlmmBytes bytes) =>
        bytes.MintX2022 is not null || bytes.MintY2022 is not null;

    /// <summary>All that the bins hold of the output mint, orders that sell it included.</summary>
    private static UInt128 Held(MeteoraDlmmPool pool, bool isXToY)
    {
        UInt128 sum = 0;
        foreach (var account in pool.Accounts)
        {
            if (!MeteoraDlmmLayout.IsArray(account.Data)) continue;
            for (var at = 0; at < MeteoraDlmmLayout.BinsPerArray; at++)
            {
                var bin = account.Data[(MeteoraDlmmLayout.Bins + at * BinLayout.Length)..];
                sum += TokenBytes.Get(bin, isXToY ? BinLayout.AmountY : BinLayout.AmountX);
                if (bin[BinLayout.AskSide] == (isXToY ? 1 : 0)) continue;
                sum += TokenBytes.Get(bin, BinLayout.OpenOrders);
                sum += TokenBytes.Get(bin, BinLayout.ProcessedLeft);
            }
        }
        return sum;
    }

    private static double LeastKept(ReadOnlySpan<CurveSegment> segments)
    {
        var least = 1.0;
        foreach (var piece in segments) least = Math.Min(least, piece.Keep);
        return least;
    }

    private static double OutputOf(ReadOnlySpan<CurveSegment> segments, double amount)
    {
        var output = 0.0;
        foreach (var piece in segments)
        {
            if (piece.InStart > amount) break;
            var kept = piece.Keep * (Math.Min(amount, piece.InEnd) - piece.InStart);
            output = piece.OutStart + piece.OutKeep * piece.ReserveOut * kept / (piece.ReserveIn + kept);
        }
        return output;
    }
}
