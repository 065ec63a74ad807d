using System.Collections.Immutable;
using Mev.Domain.Learning;

namespace Mev.Domain.Models;

/// <summary>
/// How well a sampler would have foretold landings with a model and without: it learns row after row, and of each row
/// of the test it says first how probable the landing is.
/// </summary>
public static class ModelTrial
{
    /// <summary>The forecasts of the rows of the test.</summary>
    /// <param name="rows">In the order of their time.</param>
    /// <param name="isTest">Whether a row is of the test, by row.</param>
    /// <param name="terms">Of the sampler.</param>
    /// <param name="model">The model; null for none.</param>
    public static ImmutableArray<LandingForecast> Of(
        IReadOnlyList<TrainingRow> rows, IReadOnlyList<bool> isTest, FactoredTerms terms, OffsetModel? model)
    {
        var sampler = new FactoredSampler(terms);
        var forecasts = ImmutableArray.CreateBuilder<LandingForecast>();
        for (var i = 0; i < rows.Count; i++)
        {
            var (evidence, context) = (rows[i].Event, rows[i].Event.Context);
            context = context with { Offset = model?.OffsetOf(context.Features, rows[i].SlotPosition) ?? 0.0 };
            if (isTest[i] && evidence.Arm >= 0)
            {
                forecasts.Add(new LandingForecast(
                    sampler.LandingProbability(context, evidence.Arm),
                    evidence.Kind == LearningEventKind.Landed, context.Features.Congestion));
            }
            sampler.Apply(evidence with { Context = context });
        }
        return forecasts.DrainToImmutable();
    }
}
