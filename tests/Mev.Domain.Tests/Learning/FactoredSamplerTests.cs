using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using static Mev.Domain.Tests.Learning.FactoredEvents;

namespace Mev.Domain.Tests.Learning;

public sealed class FactoredSamplerTests
{
    private static readonly RandomKey Key = RandomKey.Of("factored", 1);

    [Fact]
    public void A_landing_raises_and_every_loss_of_ours_lowers_the_belief_in_the_same_bid()
    {
        var before = Landing(After());
        Assert.True(Landing(After(Event(LearningEventKind.Landed, lnValue: 0.0))) > before);
        Assert.True(Landing(After(Event(LearningEventKind.Outbid))) < before);
        Assert.True(Landing(After(Event(LearningEventKind.Outbid, winner: 0.9))) < before);
        Assert.True(Landing(After(Event(LearningEventKind.Late))) < before);
        Assert.True(Landing(After(Event(LearningEventKind.ValueGuard))) < before);
    }

    [Fact]
    public void A_loss_teaches_only_the_factor_of_its_cause()
    {
        var fast = 57;
        var standard = 56;
        var late = After(Event(LearningEventKind.Late, fast));
        Assert.Equal(Landing(After(), standard), Landing(late, standard)); // the other route is as it was
        var dropped = After(Event(LearningEventKind.Dropped));
        var won = Landing(dropped) / dropped.LandingProbability(Context(bin: 1), fast);
        Assert.True(won < Landing(After()) / After().LandingProbability(Context(bin: 1), fast));
    }

    [Fact]
    public void A_seen_winner_of_a_skip_teaches_like_one_of_a_loss()
    {
        var skip = After(Event(LearningEventKind.Skipped, winner: 0.3));
        Assert.True(Landing(skip) > Landing(After()));
        Assert.True(Landing(After(Event(LearningEventKind.Skipped, winner: 0.95))) < Landing(After()));
    }

    [Theory]
    [InlineData(LearningEventKind.Unknown, 5)]
    [InlineData((LearningEventKind)7, 5)]
    [InlineData(LearningEventKind.Landed, -1)]
    [InlineData(LearningEventKind.Outbid, 94)]
    public void What_is_no_event_is_refused_and_changes_nothing(LearningEventKind kind, int arm)
    {
        var sampler = After(Event(LearningEventKind.Outbid));
        var id = sampler.Id;
        Assert.Throws<ArgumentOutOfRangeException>(
            () => sampler.Apply(Event(LearningEventKind.Landed, 5) with { Kind = kind, Arm = arm, AtMs = 5_000 }));
        Assert.Equal(PosteriorId.Of(sampler.CanonicalBytes()), id);
    }

    [Fact]
    public void Counts_return_to_their_prior_before_an_event_counts()
    {
        var sampler = After(Event(LearningEventKind.Late, atMs: 1_000));
        sampler.Apply(Event(LearningEventKind.Late, atMs: 501_000)); // one time constant later
        Assert.True(Samplers.TryRead(SamplerKind.Factored, sampler.CanonicalBytes(), out var read, out _));
        Assert.Equal(sampler.Id, read.Id);
        Assert.Equal(1.0 + Math.Exp(-1.0) + 1.0, LateFailures(sampler), 1e-12);
    }

    [Fact]
    public void An_event_of_an_earlier_time_decays_nothing()
    {
        var sampler = After(Event(LearningEventKind.Late, atMs: 9_000), Event(LearningEventKind.Late, atMs: 1_000));
        Assert.Equal(3.0, LateFailures(sampler));
    }

    [Fact]
    public void Large_opportunities_are_explored_less()
    {
        var sampler = After();
        var small = Spread(sampler, 8_000_000);
        var large = Spread(sampler, 800_000_000);
        Assert.Equal(1.0, FactoredDraw.KappaOf(8_000_000));
        Assert.Equal(0.1, FactoredDraw.KappaOf(800_000_000), 1e-12);
        Assert.InRange(large / small, 0.05, 0.2);
    }

    [Fact]
    public void The_bonus_on_landing_is_relative_to_value()
    {
        // With the same draws a bonus moves the tip alike on small and large opportunities.
        var plain = After();
        var eager = new FactoredSampler(FactoredTerms.Floor with { CalibrationShare = 0.0 });
        for (var i = 0; i < 400; i++) eager.Apply(Event(LearningEventKind.Skipped));
        Assert.InRange(eager.Dual, 0.54, 0.56);
        foreach (var value in (long[])[800_000, 8_000_000, 80_000_000])
        {
            var context = Context() with { Value = new Lamports(value), FastRouteCost = Lamports.Zero };
            var (low, high) = (0, 0);
            for (var i = 0UL; i < 50; i++)
            {
                low += plain.Choose(context, new DrawStream(Key, i)).Arm.TipBasisPoints;
                high += eager.Choose(context, new DrawStream(Key, i)).Arm.TipBasisPoints;
            }
            Assert.InRange((high - low) / 50, 300, 2_500);
        }
    }

    [Fact]
    public void The_dual_rises_with_losses_and_falls_with_landings_within_its_bounds()
    {
        var sampler = new FactoredSampler(FactoredTerms.Floor);
        sampler.Apply(Event(LearningEventKind.Landed, lnValue: 0.0));
        Assert.Equal(0.0, sampler.Dual);
        sampler.Apply(Event(LearningEventKind.Outbid));
        Assert.Equal(0.002 * 0.69, sampler.Dual, 1e-15);
        for (var i = 0; i < 3_000; i++) sampler.Apply(Event(LearningEventKind.Outbid));
        Assert.Equal(2.0, sampler.Dual);
        Assert.Equal(0.0, After(Event(LearningEventKind.Outbid)).Dual); // no floor, no dual
    }

    [Fact]
    public void The_calibration_slice_is_one_in_a_hundred_of_small_opportunities_and_uniform_over_what_is_allowed()
    {
        var sampler = After();
        var context = Context() with { TipCap = new Lamports(2_000_000) }; // shares of 5 % to 49 %
        var seen = new int[FactoredArms.Count];
        var randomised = 0;
        for (var i = 0UL; i < 40_000; i++)
        {
            var choice = sampler.Choose(context, new DrawStream(Key, i));
            if (!choice.IsRandomised) continue;
            randomised++;
            seen[choice.Index]++;
            Assert.Equal(FactoredArms.All[choice.Index], choice.Arm);
        }
        Assert.InRange(randomised, 320, 480);
        Assert.Equal(46, seen.Count(count => count > 0));
        var large = Enumerable.Range(0, 1_000)
            .Count(i => sampler.Choose(Context(8_000_001), new DrawStream(Key, (ulong)i)).IsRandomised);
        Assert.Equal(0, large);
    }

    [Fact]
    public void Explaining_shows_the_scores_that_chose()
    {
        var sampler = After(Event(LearningEventKind.Outbid, winner: 0.6));
        for (var i = 0UL; i < 200; i++)
        {
            var context = Context(i % 2 == 0 ? 900_000 : 128_000_000);
            var choice = sampler.Choose(context, new DrawStream(Key, i));
            var draws = sampler.Explain(context, new DrawStream(Key, i));
            var best = draws.Where(draw => draw.Exclusion == ArmExclusion.None && draw.Score > 0.0)
                .OrderByDescending(draw => draw.Score).ThenBy(draw => draw.Index).ToArray();
            Assert.Equal(best[0].Index, choice.Best.Arm);
            Assert.Equal((best[1].Score, best[2].Score), (choice.Second.Score, choice.Third.Score));
            if (!choice.IsRandomised) Assert.Equal(best[0].Arm, choice.Arm);
        }
    }

    [Fact]
    public void Without_an_allowed_tip_or_a_score_above_0_it_skips()
    {
        var sampler = After();
        var none = sampler.Choose(Context(900), new DrawStream(Key, 1));
        Assert.True(none is { IsSkip: true, CandidatesCount: 0, Index: -1 });
        var cost = new Lamports(9_000_000);
        var dear = Context() with { StandardRouteCost = cost, FastRouteCost = cost };
        var skip = new FactoredSampler(FactoredTerms.Profit with { CalibrationShare = 0.0 })
            .Choose(dear, new DrawStream(Key, 1));
        Assert.True(skip is { IsSkip: true, CandidatesCount: 94 });
        Assert.Equal(0, sampler.Choose(Context() with { Value = Lamports.Zero }, default).CandidatesCount);
    }

    [Fact]
    public void The_description_has_every_arm_with_its_interval()
    {
        var description = After(Event(LearningEventKind.Late, 57)).Describe();
        Assert.Equal(FactoredArms.Count, description.Arms.Length);
        Assert.All(description.Arms, arm => Assert.True(arm.Low < arm.High && arm.High <= 1.0));
        Assert.All( // below that, chances are so skewed that the mean may lie above the interval
            description.Arms.Where(arm => arm.Arm.TipBasisPoints > 3_000),
            arm => Assert.InRange(arm.Mean, arm.Low, arm.High));
        Assert.Equal((0.0, 1.0), (description.Arms[56].OutcomesCount, description.Arms[57].OutcomesCount));
        Assert.Equal(new Arm(500, Route.Fast), description.Arms[1].Arm);
    }

    [Fact]
    public void The_description_tells_what_arms_share()
    {
        var factors = After(Event(LearningEventKind.Late, 57)).Describe().Factors;
        Assert.Equal(7 + 2 + 4 + 2, factors.Length);
        Assert.All(factors, factor => Assert.InRange(factor.Mean, factor.Low, factor.High));
        var fast = Assert.Single(factors, factor => factor.Name == "in time: fast route");
        Assert.Equal((0.5, 4.0), (fast.Mean, fast.Count));
        Assert.Equal(
            "bonus on a landing", new FactoredSampler(FactoredTerms.Floor).Describe().Factors[^1].Name);
        Assert.Empty(new BetaThompsonSampler().Describe().Factors);
    }

    [Fact]
    public void What_is_recorded_as_drawn_is_what_the_choice_looked_at()
    {
        var sampler = After(Event(LearningEventKind.Outbid, winner: 0.6));
        var stream = new DrawStream(Key, 5);
        var look = sampler.Look(Context(), stream, new double[FactoredDraw.ScratchLength]);
        var drawn = new double[sampler.DrawsCount];
        sampler.WriteDraws(Context(), stream, drawn);
        Assert.Equal(55, drawn.Length);
        Assert.Equal(look.Weights.ToArray(), drawn[..7]);
        Assert.Equal(look.Hazards.ToArray(), drawn[7..51]);
        Assert.Equal([look.Survival, look.StandardInTime, look.FastInTime, look.ValueMean], drawn[51..]);
        Assert.Equal(1.0, sampler.ChanceIn(new Mev.Domain.Chain.Lamports(8_000_000)));
    }

    [Fact]
    public void Choosing_and_applying_allocate_nothing()
    {
        var sampler = new FactoredSampler(FactoredTerms.Floor);
        Play(sampler, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Play(sampler, 1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Play(FactoredSampler sampler, int count)
    {
        for (var i = 0; i < count; i++)
        {
            sampler.Choose(Context(), new DrawStream(Key, (ulong)i));
            sampler.Apply(Event((LearningEventKind)(1 + i % 6), atMs: i, winner: i % 2 == 0 ? 0.6 : null));
            _ = sampler.Id;
        }
    }

    /// <summary>Failures of the fast route's lateness factor, from the canonical bytes.</summary>
    private static double LateFailures(FactoredSampler sampler) =>
        BitConverter.ToDouble(sampler.CanonicalBytes(), 10 + 8 * (7 + 28 + 1 + 44 + 44 + 2 + 1));

    private static double Spread(FactoredSampler sampler, long value)
    {
        var weights = new double[500];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = sampler.Look(
                Context(value), new DrawStream(Key, (ulong)i), new double[FactoredDraw.ScratchLength]).Weights[0];
        }
        var mean = weights.Average();
        return Math.Sqrt(weights.Average(weight => (weight - mean) * (weight - mean)));
    }
}
