using Mev.Domain.Chain;
using Mev.Domain.Learning;
using static Mev.Domain.Tests.Learning.LearningVectors;

namespace Mev.Domain.Tests.Learning;

/// <summary>
/// Beliefs and decisions after made-up events, against what a second implementation in another language computed from
/// the rules alone. It needs no data beside the repository.
/// </summary>
public sealed class FactoredFixtureTests
{
    private const int Events = 60;

    private static readonly LearningEventKind[] Kinds =
    [
        LearningEventKind.Landed, LearningEventKind.Outbid, LearningEventKind.Late, LearningEventKind.ValueGuard,
        LearningEventKind.Dropped, LearningEventKind.Skipped,
    ];

    [Theory]
    [InlineData(10, "793f4bd01ae19b29b28f9a6fe926c0724d93edd0c17417f5aa66014ca625ae04")]
    [InlineData(30, "4a4505221b5a6029cb1e69749e38dada92e3f20eeaf9d20edfe50b16659ccf05")]
    [InlineData(60, "b204b0a98a8f3df51f47447448c5ab6161df89127ae4887d87147d655d67273b")]
    public void The_belief_agrees_to_the_bit(int events, string id) => Assert.Equal(id, After(events).Id.ToString());

    [Theory]
    [InlineData(0, 34, "3fce5f005722386e")]
    [InlineData(1, 42, "3faec3e1fdc04c54")]
    [InlineData(2, 53, "3fb22b8823599c84")]
    [InlineData(3, 43, "3fbb2ce695ced958")]
    [InlineData(4, 51, "3fc65c23a7add798")]
    [InlineData(5, 44, "3fa886e860cdc7e4")]
    [InlineData(6, 44, "3fb685b39c1c0c1b")]
    [InlineData(7, 57, "3fba241f9e55752b")]
    public void The_decision_agrees_to_the_bit(int number, int arm, string score)
    {
        long[] values = [300_000, 1_500_000, 7_500_000, 37_500_000, 187_500_000];
        var context = Context(number, values[number % values.Length]);
        var choice = After(Events).Choose(context, new DrawStream(RandomKey.Of("arb-own", 2), (ulong)number + 1));
        Assert.Equal((arm, score), (choice.Best.Arm, Bits(choice.Best.Score)));
    }

    private static FactoredSampler After(int events)
    {
        var sampler = new FactoredSampler(FactoredTerms.Profit);
        for (var i = 0; i < events; i++) sampler.Apply(Event(i));
        return sampler;
    }

    private static LearningEvent Event(int i)
    {
        var kind = Kinds[i * 5 % Kinds.Length];
        return new LearningEvent
        {
            Kind = kind,
            Arm = kind == LearningEventKind.Skipped ? -1 : i * 37 % FactoredArms.Count,
            Context = Context(i, 1_000_000 + i * i * 31_000L),
            AtMs = i * 700,
            WinnerFraction = i % 3 == 0 ? null : 0.4 + i * 17 % 23 / 50.0,
            LnValueRatio = kind == LearningEventKind.Landed ? (i * 19 % 11 - 5) / 40.0 : null,
        };
    }

    private static ChoiceContext Context(int i, long value)
    {
        var congestion = (i * 13 % 9 - 4) / 3.0;
        return new ChoiceContext
        {
            Value = new Lamports(value),
            TipFloor = Arm.TipMin,
            TipCap = new Lamports(long.MaxValue),
            FastRouteCost = new Lamports(100_000),
            Features = FeatureVector.Of(
                new Lamports(value), congestion, i % 4 == 0, 0.3 + i * 7 % 10 / 20.0, 0.35 + i * 3 % 10 / 25.0),
            SurvivalBin = FeatureVector.SurvivalBin(congestion, i * 11 % 10 / 10.0),
        };
    }
}
