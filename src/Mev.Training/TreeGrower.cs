using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Mev.Domain.Models;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Mev.Training;

/// <summary>Grows trees by LightGBM and reads them out of its model. One thread, one seed: the same trees.</summary>
public sealed class TreeGrower
{
    private const int BinsMax = 255;

    private readonly MLContext _ml;
    private readonly LightGbmRegressionModelParameters _model;
    private readonly PredictionEngine<Example, Prediction> _engine;

    /// <summary>Grows the trees.</summary>
    /// <param name="rows">Features of each row.</param>
    /// <param name="targets">What to predict for it.</param>
    /// <param name="how">How.</param>
    public TreeGrower(IReadOnlyList<float[]> rows, IReadOnlyList<double> targets, TrainingTerms how)
    {
        _ml = new MLContext(how.Seed);
        var data = _ml.Data.LoadFromEnumerable(rows.Zip(
            targets, (row, target) => new Example { Features = row, Label = (float)target }));
        var trained = _ml.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            NumberOfIterations = how.Trees,
            NumberOfLeaves = how.Leaves,
            LearningRate = how.LearningRate,
            MinimumExampleCountPerLeaf = how.RowsOfLeafMin,
            MaximumBinCountPerFeature = BinsMax,
            NumberOfThreads = 1,
            Seed = how.Seed,
        }).Fit(data);
        _model = trained.Model;
        _engine = _ml.Model.CreatePredictionEngine<Example, Prediction>(trained);
    }

    /// <summary>The trees as the evaluator of the domain takes them.</summary>
    /// <exception cref="InvalidDataException">They are none that it takes.</exception>
    public TreeEnsemble Ensemble()
    {
        var grown = _model.TrainedTreeEnsemble;
        var trees = grown.Trees.Zip(grown.TreeWeights, TreeOf).ToImmutableArray();
        return TreeEnsemble.TryCreate(trees, grown.Bias, ModelRow.Names.Length, out var refusal)
            ?? throw new InvalidDataException($"LightGBM grew what the evaluator does not take: {refusal}");
    }

    /// <summary>What the trainer's own library predicts for a row.</summary>
    public double Predict(float[] row) => _engine.Predict(new Example { Features = row }).Score;

    /// <summary>The features of a row as an array.</summary>
    public static float[] FeaturesOf(TrainingRow row)
    {
        var lanes = new float[Vector256<float>.Count];
        ModelRow.Of(row.Event.Context.Features, row.SlotPosition).CopyTo(lanes);
        return lanes[..ModelRow.Names.Length];
    }

    private static DecisionTree TreeOf(RegressionTree tree, double weight) => new()
    {
        Features = [.. tree.NumericalSplitFeatureIndexes],
        Thresholds = [.. tree.NumericalSplitThresholds],
        Left = [.. tree.LeftChild],
        Right = [.. tree.RightChild],
        Leaves = [.. tree.LeafValues.Select(leaf => leaf * weight)],
    };

    private sealed class Example
    {
        [VectorType(7)]
        public float[] Features { get; init; } = [];

        public float Label { get; init; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
