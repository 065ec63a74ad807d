using Mev.Benchmarks.Loads;
using Mev.Benchmarks.Reports;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Learning;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Fixtures.Pools;

namespace Mev.Benchmarks.Micro;

/// <summary>The parts by themselves: quotes, decoding, filter, sizing, draws.</summary>
internal sealed class MicroRun(LoadUniverse universe, Report report, int samples)
{
    private static readonly ChainClock Clock = new(LoadFeed.FirstSlot, 1_760_000_000);

    /// <summary>The universe has no pool of that kind.</summary>
    private static readonly RaydiumClmmBytes Clmm = new()
    {
        SqrtPrice = RaydiumTickMath.PriceAt(-19_010),
        Ticks = [.. Enumerable.Range(-417, 200).Select(place => (60 * place, (Int128)place))],
    };

    public void Run()
    {
        Report.Section($"Parts, one thread, warm; least of {samples} samples of 0.5 ms (median beside it)");
        Quotes();
        new ProtocolQuotes(report, samples).Run();
        Decoding();
        new DlmmRun(report, samples).Run();
        Filter();
        Sizing();
        Draws();
    }

    private void Quotes()
    {
        foreach (var (protocol, name) in new[] { (Protocol.RaydiumAmmV4, "AMM v4"), (Protocol.RaydiumCpmm, "CPMM") })
        {
            var pool = Pool(protocol);
            var exactIn = Quote(pool, 1_000_000, isExactIn: true);
            report.Add(Figure.Of($"quote {name} exact in", exactIn.MinNs, "ns", $"{exactIn}"));
            var exactOut = Quote(pool, 1_000_000, isExactIn: false);
            report.Add(Figure.Of($"quote {name} exact out", exactOut.MinNs, "ns", $"{exactOut}"));
            report.Add(Figure.Of($"quote {name} garbage", exactIn.Bytes + exactOut.Bytes, "B"));
        }
        Crossings("Whirlpool", Pool(Protocol.Whirlpool));
        Crossings("CLMM", Clmm.Pool());
    }

    private void Crossings(string name, Pool pool)
    {
        var (within, crossing, ticks) = CrossingAmounts(pool);
        var one = Quote(pool, within, isExactIn: true);
        report.Add(Figure.Of($"quote {name} within a tick", one.MinNs, "ns", $"{one}"));
        var more = Quote(pool, crossing, isExactIn: true);
        report.Add(Figure.Of(
            $"quote {name} each further tick", (more.MinNs - one.MinNs) / ticks, "ns", $"{ticks} ticks: {more}"));
        report.Add(Figure.Of($"quote {name} garbage", one.Bytes + more.Bytes, "B"));
    }

    private Timing Quote(Pool pool, ulong amount, bool isExactIn) => Stopwatches.Time(samples, count =>
    {
        var sum = 0UL;
        for (var i = 0; i < count; i++)
        {
            var asked = new TokenAmount(amount + (ulong)(i & 255));
            var quote = isExactIn
                ? pool.QuoteExactIn(SwapDirection.AToB, asked, Clock)
                : pool.QuoteExactOut(SwapDirection.AToB, asked, Clock);
            sum += quote.AmountOut.Units + quote.AmountIn.Units;
        }
        return unchecked((long)sum);
    });

    private void Decoding()
    {
        var pools = universe.Pools.GroupBy(pool => pool.Pool.Protocol).Select(group => group.First());
        foreach (var pool in pools)
        {
            var own = pool.Pool.NewEmpty();
            own.CopyFrom(pool.Pool);
            foreach (var account in pool.Accounts.DistinctBy(account => account.Data.Length))
                Decode(own, account.Startup(LoadFeed.FirstSlot));
        }
        var clmm = Clmm.Pool();
        foreach (var write in Clmm.Writes().DistinctBy(write => write.Data.Length)) Decode(clmm, write);
    }

    private void Decode(Pool pool, AccountWrite write)
    {
        var timing = Stopwatches.Time(samples, count =>
        {
            for (var i = 0; i < count; i++) pool.Apply(write);
            return (long)pool.Defect;
        });
        report.Add(Figure.Of(
            $"decode {pool.Protocol} account of {write.Data.Length} B", timing.MinNs, "ns", $"{timing}"));
    }

    private void Filter()
    {
        var filter = new CandidateFilter(universe.Index);
        foreach (var pool in universe.Pools)
            if (universe.Index.TryFind(pool.Pool.Id, out var number)) filter.Update(number, pool.Pool);
        foreach (var dirtyPools in new[] { 1, 400 })
        {
            var random = new SplitMix(3);
            var dirty = new int[64][];
            for (var i = 0; i < dirty.Length; i++)
                dirty[i] = [.. Enumerable.Range(0, dirtyPools).Select(_ => random.Below(universe.Pools.Length))];
            var candidates = dirty.Average(pools => (double)filter.Evaluate(pools).Candidates);
            var timing = Stopwatches.Time(samples, count =>
            {
                var sum = 0L;
                for (var i = 0; i < count; i++) sum += filter.Evaluate(dirty[i & 63]).Candidates;
                return sum;
            });
            report.Add(Figure.Of(
                $"filter, {dirtyPools} dirty pools in a drain", timing.MinNs / candidates, "ns/candidate",
                FormattableString.Invariant($"{candidates:0.#} candidates a drain, {timing.Bytes:0.##} B a drain")));
        }
    }

    private void Sizing()
    {
        var (pools, cycles) = Gapped();
        var (sizer, sized) = (new CycleSizer(new SizingLimits()), new SizedCycle());
        var quotes = cycles.Average(cycle =>
        {
            sizer.Size(universe.Index, cycle, pools, Clock, sized);
            return sized.ExactQuotes;
        });
        var timing = Stopwatches.Time(samples, count =>
        {
            var sum = 0L;
            for (var i = 0; i < count; i++)
            {
                sizer.Size(universe.Index, cycles[i % cycles.Length], pools, Clock, sized);
                sum += sized.ProfitUnits;
            }
            return sum;
        });
        report.Add(Figure.Of(
            "size a surviving cycle", timing.MinNs / 1_000, "us",
            FormattableString.Invariant($"storm's cycles, {quotes:0.#} exact quotes each, {timing}")));
    }

    private void Draws()
    {
        var sampler = new BetaThompsonSampler();
        var key = RandomKey.Of("bench", 1);
        var context = new ChoiceContext
        {
            Value = new Lamports(50_000_000),
            TipFloor = Arm.TipMin,
            TipCap = new Lamports(10_000_000_000),
            FastRouteCost = Lamports.Zero,
        };
        var timing = Stopwatches.Time(samples, count =>
        {
            var sum = 0L;
            for (var i = 0; i < count; i++) sum += sampler.Choose(context, new DrawStream(key, (ulong)i)).Best.Arm;
            return sum;
        });
        report.Add(Figure.Of("sampler choose", timing.MinNs / 1_000, "us", $"38 arms, prior, {timing}"));
    }

    private Pool Pool(Protocol protocol) => universe.Pools.First(pool => pool.Pool.Protocol == protocol).Pool;

    /// <summary>The universe with a gap in each fifth island, and the cycles that then survive.</summary>
    private (Pool[] Pools, int[] Cycles) Gapped()
    {
        var filter = new CandidateFilter(universe.Index);
        var pools = new Pool[universe.Pools.Length];
        var lastIsland = -1;
        foreach (var pool in universe.Pools)
        {
            if (!universe.Index.TryFind(pool.Pool.Id, out var number)) continue;
            pools[number] = pool.Pool.NewEmpty();
            pools[number].CopyFrom(pool.Pool);
            if (pool.Island % 5 == 0 && pool.Island != lastIsland && pool.Gap is { } gap)
            {
                lastIsland = pool.Island;
                foreach (var write in gap.Writes) pools[number].Apply(write.Startup());
            }
            filter.Update(number, pools[number]);
        }
        filter.Evaluate([.. Enumerable.Range(0, pools.Length)]);
        return (pools, filter.Survivors.ToArray());
    }

    private static (ulong Within, ulong Crossing, int Ticks) CrossingAmounts(Pool pool)
    {
        var (within, crossing, ticks) = (1_000UL, 0UL, 0);
        for (var amount = 1_000UL; amount < ulong.MaxValue / 4; amount += amount / 4)
        {
            var quote = pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(amount), Clock);
            if (!quote.IsOk) break;
            if (quote.TicksCrossed == 0) within = amount / 2;
            (crossing, ticks) = (amount, quote.TicksCrossed);
        }
        return ticks > 0 ? (within, crossing, ticks) : throw new InvalidOperationException("no tick to cross");
    }
}
