using System.Collections.Immutable;
using Mev.Domain.Learning;

namespace Mev.Domain.Models;

/// <summary>
/// How well a sampler would have foretold landings with a model and without: of each row of the test it says at the
/// time of its decision how probable the landing is, with nothing learnt but the outcomes that were seen before then.
/// </summary>
public static class ModelTrial
{
    /// <summary>The forecasts of the rows of the test.</summary>
    /// <param name="rows">In the order of their decisions.</param>
    /// <param name="isTest">Whether a row is of the test, by row.</param>
    /// <param name="terms">Of the sampler.</param>
    /// <param name="model">The model; null for none.</param>
    public static ImmutableArray<LandingForecast> Of(
        IReadOnlyList<TrainingRow> rows, IReadOnlyList<bool> isTest, FactoredTerms terms, OffsetModel? model)
    {
        var sampler = new FactoredSampler(terms);
        var forecasts = ImmutableArray.CreateBuilder<LandingForecast>();
        var outcomes = OutcomesOf(rows);
        var learnt = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (!isTest[i] || rows[i].Event.Arm < 0) continue;
            for (; learnt < outcomes.Count && rows[outcomes[learnt]].Event.AtMs <= rows[i].DecidedMs; learnt++)
                sampler.Apply(With(rows[outcomes[learnt]], model));
            var evidence = With(rows[i], model);
            forecasts.Add(new LandingForecast(
                sampler.LandingProbability(evidence.Context, evidence.Arm),
                evidence.Kind == LearningEventKind.Landed, evidence.Context.Features.Congestion));
        }
        return forecasts.DrainToImmutable();
    }

    /// <summary>Places of rows in the order in which their outcomes were seen.</summary>
    internal static List<int> OutcomesOf(IReadOnlyList<TrainingRow> rows) =>
        [.. Enumerable.Range(0, rows.Count).OrderBy(place => rows[place].Event.AtMs)]; // stable

    private static LearningEvent With(TrainingRow row, OffsetModel? model)
    {
        var context = row.Event.Context;
        var offset = model?.OffsetOf(context.Features, row.SlotPosition) ?? 0.0;
        return row.Event with { Context = context with { Offset = offset } };
    }
}
