using Mev.Contracts.V1;
using Mev.Domain.Models;
using Mev.Journal.Models;

namespace Mev.Grains.Tests.Strategies;

/// <summary>Files of models that say one thing of everything.</summary>
internal static class MadeModels
{
    private const long DayMs = 86_400_000; // so that a file made twice is the same

    /// <summary>One leaf: every opportunity has this offset.</summary>
    public static byte[] Of(double offset, long? trainedToMs = null)
    {
        var tree = new DecisionTree { Features = [], Thresholds = [], Left = [], Right = [], Leaves = [offset] };
        var ensemble = TreeEnsemble.TryCreate([tree], 0.0, ModelRow.Names.Length, out _)!;
        var about = new Model
        {
            TrainedToMs = trainedToMs ?? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / DayMs * DayMs,
            Golden = { new GoldenRow { Row = { new float[ModelRow.Names.Length] }, Value = offset } },
        };
        return ModelFile.Write(about, ensemble);
    }
}
