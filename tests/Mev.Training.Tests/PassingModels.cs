using Mev.Domain.Learning;
using Mev.Domain.Models;

namespace Mev.Training.Tests;

/// <summary>
/// Small models that pass the first gate: trained on the simulated market, whose landings the sampler foretells well,
/// beside a model in force that says something false of the place in the slot, which no regression takes back.
/// </summary>
internal static class PassingModels
{
    private static readonly TrainingTerms Small = new() { Trees = 20, Rounds = 1, TestShare = 0.5, GoldenRows = 100 };

    /// <summary>One that is trained on a seed's market.</summary>
    public static TrainedModel Of(ulong seed) => OffsetTrainer.Train(
        MarketRows.Of(seed, opportunities: 20_000), FactoredTerms.Profit, Small, Misleading());

    private static OffsetModel Misleading()
    {
        var tree = new DecisionTree
        {
            Features = [ModelRow.Names.Length - 1],
            Thresholds = [0.5f],
            Left = [~0],
            Right = [~1],
            Leaves = [-0.8, 0.8],
        };
        return new OffsetModel(new byte[1], TreeEnsemble.TryCreate([tree], 0.0, ModelRow.Names.Length, out _)!, 0);
    }
}
