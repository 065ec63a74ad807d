using System.Buffers.Binary;
using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using static Mev.Domain.Tests.Learning.BetaThompsonSamplerTests;
using static Mev.Domain.Tests.Learning.LearningVectors;

namespace Mev.Domain.Tests.Learning;

public sealed class BetaThompsonChoiceTests
{
    private static readonly DrawStream Vectors = new(RandomKey.Of("arb-1", 1), 0x1d16a3b49486efa5);

    private static readonly Gen<ChoiceContext> AnyContext = Gen.Select(
        Gen.Long[0, 12], Gen.Long[1, 9], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Long[0, 60], Gen.Long[-60, 60],
        (decade, digit, floor, cap, cost, standardCost) => Context(
            digit * (long)Math.Pow(10, decade),
            floor: floor == 0 ? 20_000 : 0,
            cap: cap == 0 ? 500_000 : long.MaxValue,
            cost: cost * (long)Math.Pow(10, decade) / 50) with
        {
            StandardRouteCost = new Lamports(Math.Max(0, standardCost) * (long)Math.Pow(10, decade) / 50),
        });

    private static readonly Gen<ISampler> AnySampler = Gen.Select(
        Gen.Int[0, 40], Gen.Int[0, 200], Gen.Int[1, 1000], Filled);

    [Fact]
    public void The_choice_and_its_three_scores_are_those_of_drawing_every_arm() =>
        Gen.Select(AnySampler, AnyContext, Gen.ULong).Sample(
            (sampler, context, sequence) =>
            {
                var stream = new DrawStream(RandomKey.Of("property", 1), sequence);
                var choice = sampler.Choose(context, stream);
                var allowed = sampler.Explain(context, stream).Where(d => d.Exclusion == ArmExclusion.None).ToList();
                var best = allowed.Where(d => d.Score > 0).OrderByDescending(d => d.Score).ThenBy(d => d.Index)
                    .Select(d => new ArmScore(d.Index, d.Score)).Take(3).ToList();
                while (best.Count < 3) best.Add(ArmScore.None);
                Assert.Equal(best, [choice.Best, choice.Second, choice.Third]);
                Assert.Equal(allowed.Count, choice.CandidatesCount);
                Assert.Equal(best[0].IsNone, choice.IsSkip);
                if (choice.IsSkip) return choice.Tip == Lamports.Zero && choice.Arm == Arm.None;
                Assert.Equal(sampler.Arms[choice.Best.Arm], choice.Arm);
                Assert.Equal(choice.Arm.TipOn(context.Value), choice.Tip);
                return choice.Tip >= Arm.TipMin && choice.Tip >= context.TipFloor && choice.Tip <= context.TipCap;
            },
            iter: 4_000);

    /// <summary>Values of a second implementation in another language, which draws every arm and sorts.</summary>
    [Theory]
    [InlineData(false, 4_000_000, 100_000, 0, 1L << 60, "23:3fe4e6c4742a268d 21:3fe177c2ab5f1a62 3:3fe0c30100597d43")]
    [InlineData(true, 4_000_000, 100_000, 0, 1L << 60, "3:3fe71b09ae834bff 6:3fe1a565cec16260 26:3fdba4961a558327")]
    [InlineData(true, 250_000, 9_000, 30_000, 170_000, "3:3fe71b09ae834bff 6:3fe1a565cec16260 26:3fdaf05cc24520da")]
    [InlineData(true, 4_000, 3_900, 0, 1L << 60, "6:3fe1a565cec16260 9:3fd3895ef34f901f 5:3fcd1cf916023a4f")]
    [InlineData(false, 900, 0, 0, 1L << 60, "-1:0000000000000000 -1:0000000000000000 -1:0000000000000000")]
    public void Known_choices_come_out(bool isFilled, long value, long cost, long floor, long cap, string expected)
    {
        var sampler = isFilled ? KnownSampler() : Samplers.Prior(SamplerKind.BetaThompson);
        var choice = sampler.Choose(Context(value, floor, cap, cost), Vectors);
        ArmScore[] scores = [choice.Best, choice.Second, choice.Third];
        Assert.Equal(expected, string.Join(' ', scores.Select(s => $"{s.Arm}:{Bits(s.Score)}")));
    }

    /// <summary>With 2^53 landings a drawn probability rounds to exactly 1 more often than not.</summary>
    [Fact]
    public void Of_equal_scores_the_lower_arm_goes_first()
    {
        var bytes = Samplers.Prior(SamplerKind.BetaThompson).CanonicalBytes();
        foreach (var arm in (int[])[2, 21])
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(2 + 16 * arm), 9007199254740992.0);
        Assert.True(Samplers.TryRead(SamplerKind.BetaThompson, bytes, out var sampler, out _));
        var context = Context(4_000_000, floor: 600_000, cap: 600_000);
        var tiesCount = 0;
        for (var sequence = 0ul; sequence < 100; sequence++)
        {
            var stream = new DrawStream(Vectors.Key, sequence);
            var draws = sampler.Explain(context, stream);
            if (draws[2].Score != draws[21].Score) continue;
            tiesCount++;
            var choice = sampler.Choose(context, stream);
            Assert.Equal((2, 21), (choice.Best.Arm, choice.Second.Arm));
        }
        Assert.InRange(tiesCount, 20, 90);
    }

    [Fact]
    public void A_belief_in_landing_is_what_is_chosen()
    {
        var sampler = Samplers.Prior(SamplerKind.BetaThompson);
        for (var arm = 0; arm < 38; arm++)
            Repeat(sampler, arm == 30 ? LearningEventKind.Landed : LearningEventKind.Outbid, arm, 300);
        var context = Context(4_000_000, cost: 40_000);
        for (var sequence = 0ul; sequence < 200; sequence++)
            Assert.Equal(30, sampler.Choose(context, new DrawStream(Vectors.Key, sequence)).Best.Arm);
        Assert.True(sampler.Choose(Context(4_000_000, cost: 3_000_000), Vectors).Best.Arm != 30);
    }

    [Fact]
    public void Without_an_allowed_tip_or_a_value_it_skips()
    {
        var sampler = Samplers.Prior(SamplerKind.BetaThompson);
        ChoiceContext[] contexts =
        [
            Context(0), Context(-5_000_000), Context(1_000), Context(4_000_000, floor: 3_800_001),
            Context(4_000_000, cap: 199_999), Context(4_000_000, floor: 300_000, cap: 200_000), Context(0, cost: 7),
        ];
        Assert.All(contexts, context =>
        {
            var choice = sampler.Choose(context, Vectors);
            Assert.True(choice.IsSkip);
            Assert.Equal(0, choice.CandidatesCount);
            Assert.All(sampler.Explain(context, Vectors), draw => Assert.NotEqual(ArmExclusion.None, draw.Exclusion));
        });
        Assert.Equal(2, sampler.Choose(Context(4_000_000, floor: 3_800_000), Vectors).CandidatesCount);
        Assert.Equal(2, sampler.Choose(Context(4_000_000, cap: 200_000), Vectors).CandidatesCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Choose(Context(4_000_000, cost: -1), Vectors));
    }

    private static ISampler Filled(int landingsMax, int lossesMax, int salt)
    {
        var sampler = Samplers.Prior(SamplerKind.BetaThompson);
        for (var arm = 0; arm < 38; arm++)
        {
            Repeat(sampler, LearningEventKind.Landed, arm, salt * (arm + 3) % (landingsMax + 1));
            Repeat(sampler, LearningEventKind.Dropped, arm, salt * (arm + 5) % (lossesMax + 1));
        }
        return sampler;
    }
}
