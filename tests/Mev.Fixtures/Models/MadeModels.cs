using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Auctions;
using Mev.Domain.Models;
using Mev.Journal.Models;
using ModelTrial = Mev.Contracts.V1.ModelTrial;

namespace Mev.Fixtures.Models;

/// <summary>Files of models that say one thing of everything, with figures that pass the gates.</summary>
public static class MadeModels
{
    private const long DayMs = 86_400_000; // so that a file made twice is the same

    private static readonly MarketGate Goals = new(
        1, 20, [.. GoalBounds.OfModel.Select(bound => bound.Of(bound.Bound))]);

    /// <summary>The same with a calibration error that the gate refuses.</summary>
    public static byte[] Refused(double offset)
    {
        var file = Model.Parser.ParseFrom(Of(offset));
        file.Trial.CalibrationError = 0.042;
        return file.ToByteArray();
    }

    /// <summary>One leaf: every opportunity has this offset.</summary>
    public static byte[] Of(double offset, long? trainedToMs = null)
    {
        var tree = new DecisionTree { Features = [], Thresholds = [], Left = [], Right = [], Leaves = [offset] };
        var ensemble = TreeEnsemble.TryCreate([tree], 0.0, ModelRow.Names.Length, out _)!;
        var about = new Model
        {
            TrainedToMs = trainedToMs ?? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / DayMs * DayMs,
            Golden = { new GoldenRow { Row = { new float[ModelRow.Names.Length] }, Value = offset } },
            Trial = new ModelTrial { Rows = 1_000, CalibrationErrorByBand = { 0.0, 0.0, 0.0 } },
            Market = ModelVerdict.TrialOf(Goals),
        };
        return ModelFile.Write(about, ensemble);
    }
}
