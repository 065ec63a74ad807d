using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

/// <summary>What is believed of each pool, in a world whose effects are known.</summary>
public sealed class PoolEffectsTests
{
    private const double Level = -0.6; // where the prior expects the best rival bid
    private const double Deviation = 0.2;
    private const int PlayedShare = 28; // 61 %: on a pool without an effect about two thirds of such bids win
    private static readonly double[] True = [-0.25, 0.0, 0.25];

    [Fact]
    public void Effects_are_found_though_a_win_shows_only_a_bound()
    {
        var effects = Learnt(isTipTakenForPrice: false);
        for (var pool = 0; pool < True.Length; pool++)
            Assert.InRange(effects.Of(pool) - effects.Of(1), True[pool] - 0.06, True[pool] + 0.06);
    }

    [Fact]
    public void A_learner_that_takes_its_own_tip_for_the_price_is_far_off()
    {
        var effects = Learnt(isTipTakenForPrice: true);
        Assert.True(effects.Of(0) - effects.Of(1) > True[0] + 0.1);
    }

    [Fact]
    public void What_says_nothing_of_rivals_moves_nothing_and_an_arm_of_no_sampler_is_refused()
    {
        var (effects, sampler) = (new PoolEffects<int>(), new FactoredSampler(FactoredTerms.Profit));
        effects.Learn(0, EventOf(LearningEventKind.Late, winner: null), sampler);
        Assert.Equal(0.0, effects.Of(0));
        effects.Learn(0, EventOf(LearningEventKind.Outbid, winner: null), sampler);
        Assert.True(effects.Of(0) > 0.0);
        Assert.Equal(0.0, effects.Of(1));
        var alien = EventOf(LearningEventKind.Landed, winner: null) with { Arm = FactoredArms.Count };
        Assert.Throws<ArgumentOutOfRangeException>(() => effects.Learn(0, alien, sampler));
    }

    [Fact]
    public void Beyond_the_most_pools_one_stays_without_an_effect()
    {
        var (effects, sampler) = (new PoolEffects<int>(), new FactoredSampler(FactoredTerms.Profit));
        for (var pool = 0; pool <= PoolEffects<int>.PoolsMax; pool++)
            effects.Learn(pool, EventOf(LearningEventKind.Outbid, winner: 0.9), sampler);
        Assert.True(effects.Of(PoolEffects<int>.PoolsMax - 1) > 0.0);
        Assert.Equal(0.0, effects.Of(PoolEffects<int>.PoolsMax));
    }

    private static PoolEffects<int> Learnt(bool isTipTakenForPrice)
    {
        var (effects, sampler) = (new PoolEffects<int>(), new FactoredSampler(FactoredTerms.Profit));
        var tip = FactoredArms.Shares[PlayedShare];
        for (var i = 0; i < 3_000; i++)
        {
            var pool = i % True.Length;
            var normal = new DrawStream(new RandomKey(11), (ulong)i).At(DrawPurposes.LocationNormals).Normal();
            var price = Math.Exp(Level + True[pool] + Deviation * normal);
            var evidence = price < tip
                ? EventOf(LearningEventKind.Landed, winner: null)
                : EventOf(LearningEventKind.Outbid, price);
            if (price < tip && isTipTakenForPrice) evidence = EventOf(LearningEventKind.Outbid, tip);
            evidence = evidence with { Context = evidence.Context with { Offset = effects.Of(pool) }, AtMs = i };
            effects.Learn(pool, evidence, sampler);
            sampler.Apply(evidence);
        }
        return effects;
    }

    private static LearningEvent EventOf(LearningEventKind kind, double? winner) => new()
    {
        Kind = kind,
        Arm = FactoredArms.RoutesCount * PlayedShare + 1,
        Context = new ChoiceContext
        {
            Value = new Lamports(8_000_000),
            TipFloor = Arm.TipMin,
            TipCap = new Lamports(long.MaxValue),
            FastRouteCost = new Lamports(100_000),
        },
        AtMs = 0,
        WinnerFraction = winner,
    };
}
