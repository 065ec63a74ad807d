using Mev.Domain.Learning;

namespace Mev.Domain.Models;

/// <summary>
/// What a model is to predict: by how much the logarithm of the best rival bid lay off what the posterior expected
/// before it saw it. Of a winner that was seen that is exact; of a bid known from one side only it is the expectation
/// given that side, which needs a model and so is taken again with each round of training.
/// </summary>
public static class OffsetTargets
{
    /// <summary>The targets, by row; null of a row that says nothing of the bid.</summary>
    /// <param name="rows">What a posterior learns from, beginning with the prior.</param>
    /// <param name="terms">Of the sampler that is to use the model.</param>
    /// <param name="offsets">Of the model of the round before, by row; all 0 in the first.</param>
    public static double?[] Of(
        IReadOnlyList<TrainingRow> rows, FactoredTerms terms, IReadOnlyList<double> offsets)
    {
        var posterior = new FactoredPosterior();
        var targets = new double?[rows.Count];
        Span<double> x = stackalloc double[FeatureVector.Length];
        foreach (var i in ModelTrial.OutcomesOf(rows))
        {
            var (evidence, offset) = (rows[i].Event, offsets[i]);
            evidence.Context.Features.CopyTo(x);
            var lnShare = evidence.Arm < 0 ? 0.0 : FactoredArms.LnShares[evidence.Arm / FactoredArms.RoutesCount];
            var win = WinEvidence.Of(evidence, lnShare).Less(offset);
            if (win.Side != WinEvidence.Knowledge.None)
            {
                targets[i] = posterior.Location.Expect(win, x) + offset
                    - LocationLaw.Dot(posterior.Location.Mean, x);
            }
            posterior.Learn(
                evidence with { Context = evidence.Context with { Offset = offset } }, terms.DecaySeconds);
        }
        return targets;
    }
}
