using Mev.Domain.Auctions;
using Mev.Domain.Evaluation;

namespace Mev.Domain.Tests.Evaluation;

/// <summary>
/// A world of three kinds of chances and four actions in which every truth is known: who played what with which
/// probability, what it yields, and what another policy would have got.
/// </summary>
internal static class KnownWorld
{
    private static readonly double[] Chances = [0.5, 0.3, 0.2];

    private static readonly double[][] Played = [[0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4], [0.25, 0.25, 0.25, 0.25]];

    private static readonly double[][] Asked = [[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.0, 0.5, 0.5, 0.0]];

    private static readonly double[][] Wins = [[0.2, 0.4, 0.6, 0.8], [0.7, 0.5, 0.3, 0.1], [0.3, 0.6, 0.2, 0.9]];

    private const double Alike = 0.21; // not 0.25: so the mean weight is 1, and the guard sees nothing

    private static readonly double[] Profits = [4.0, 3.0, 2.0, 1.0];

    /// <summary>What the asked policy gets of a chance in the mean.</summary>
    public static double Truth { get; } = Enumerable.Range(0, 3).Sum(
        kind => Chances[kind] * Enumerable.Range(0, 4).Sum(action => Asked[kind][action] * Worth(kind, action)));

    /// <summary>Decisions with their weights.</summary>
    /// <param name="seed">Names the run.</param>
    /// <param name="count">Decisions.</param>
    /// <param name="isPlayedKnown">False: whoever weighs believes that actions were played alike, or nearly.</param>
    /// <param name="isWorthKnown">False: the outcome model expects the same of everything.</param>
    public static List<WeightedOutcome> Decisions(
        ulong seed, int count, bool isPlayedKnown = true, bool isWorthKnown = true)
    {
        var stream = MixStream.Of(seed, 1, 0);
        var outcomes = new List<WeightedOutcome>(count);
        for (var i = 0; i < count; i++)
        {
            var kind = Pick(Chances, stream.Uniform());
            var action = Pick(Played[kind], stream.Uniform());
            var value = stream.Uniform() < Wins[kind][action] ? Profits[action] : 0.0;
            var propensity = isPlayedKnown ? Played[kind][action] : Alike;
            outcomes.Add(new WeightedOutcome(
                Asked[kind][action] / propensity, value, Model(kind, action),
                Enumerable.Range(0, 4).Sum(other => Asked[kind][other] * Model(kind, other))));
        }
        return outcomes;

        double Model(int kind, int action) => isWorthKnown ? Worth(kind, action) : 2.0;
    }

    private static double Worth(int kind, int action) => Wins[kind][action] * Profits[action];

    private static int Pick(double[] probabilities, double uniform)
    {
        for (var i = 0; i < probabilities.Length - 1; i++)
        {
            if (uniform < probabilities[i]) return i;
            uniform -= probabilities[i];
        }
        return probabilities.Length - 1;
    }
}
