using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Auctions;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Models;
using Mev.Journal.Models;

namespace Mev.Training.Tests;

/// <summary>What a host says of a file by the figures in it.</summary>
public sealed class ModelVerdictTests
{
    private const string P99 = "decision p99, us, with the model";

    private static readonly MarketGate Met =
        new(64_000, 64_019, [.. GoalBounds.OfModel.Select(bound => bound.Of(bound.Bound))]);

    /// <summary>A small model of the market, with figures that pass the first gate.</summary>
    private static readonly Lazy<OffsetModel> Trained = new(() =>
    {
        var trained = OffsetTrainer.Train(
            MarketRows.Of(seed: 71_200, opportunities: 3_000), FactoredTerms.Profit,
            new TrainingTerms { Trees = 5, Rounds = 1, GoldenRows = 20 });
        var file = Model.Parser.ParseFrom(trained.Model.Bytes.Span);
        (file.Trial.DifferenceUpper, file.Trial.CalibrationError) = (-0.001, 0.01);
        file.Trial.CalibrationErrorByBand.Clear();
        file.Trial.CalibrationErrorByBand.AddRange([0.01, 0.01, 0.01]);
        return ModelFile.TryRead(file.ToByteArray(), out _)!;
    });

    [Fact]
    public void A_trial_in_the_market_is_written_beside_the_same_trees_under_another_name()
    {
        var tried = ModelFile.WithMarket(Trained.Value, Met);

        Assert.Equal(Digest.Of(tried.Bytes.Span), tried.Id);
        Assert.NotEqual(Trained.Value.Id, tried.Id);
        var read = ModelFile.TryRead(tried.Bytes, out _)!;
        Assert.Equal((tried.Id, tried.TrainedToMs), (read.Id, read.TrainedToMs));
        var features = new FeatureVector(0.3, -0.2, 1.0, 0.1, 0.2, 0.0);
        Assert.Equal(Trained.Value.OffsetOf(features, 0.5), read.OffsetOf(features, 0.5));
        var (before, after) = (ModelFile.Parse(Trained.Value.Bytes, out _)!, ModelFile.Parse(tried.Bytes, out _)!);
        Assert.Equal(before.Trees, after.Trees);
        var market = after.Market;
        Assert.Equal((64_000UL, 64_019UL, 26), (market.SeedFirst, market.SeedLast, market.Goals.Count));
        Assert.Equal("", ModelVerdict.Of(tried.Bytes));
    }

    [Fact]
    public void What_no_gate_let_through_is_refused_with_the_figure_and_the_remedy()
    {
        Refused(file => file.Trial = null, "it was not tried on later rows");
        Refused(file => file.Market = null, "the goals were not played with it");
        Refused(file => file.Trial.Rows = 7, "7 rows of test");
        Refused(file => file.Trial.DifferenceUpper = 0.002, "95 % reach +0.00200");
        Refused(file => file.Trial.CalibrationError = 0.042, "calibration error 0.042, allowed is 0.03");
        Refused(file => file.Trial.CalibrationErrorByBand[2] = 0.07, "calibration error 0.070 in congestion band 2");
        Refused(file => file.Trial.CalibrationErrorByBand.Clear(), "0 congestion bands");
        Refused(file => Goal(file, "G1", "landed/offered, mean, %").Measured = 64.0, "64.0, asked is >= 65.0");
        Refused(file => Goal(file, "G5", P99).Measured = 140.0, "140.0, asked is <= 100.0");
        Refused(file => file.Market.Goals.Remove(Goal(file, "G5", P99)), $"G5, {P99}, was not measured");
        Refused(file => file.Market.SeedLast = 64_018, "20 at least are needed");
        Refused(file => file.IsOfMarket = true, "it was trained on a simulated market");
    }

    /// <summary>Whoever writes a file may write bounds into it: a host has its own.</summary>
    [Fact]
    public void Bounds_in_a_file_loosen_nothing()
    {
        Refused(file => Loosened(file, "G1", "landed/offered, mean, %", 64.0), "64.0, asked is >= 65.0");
        Refused(file => Loosened(file, "G5", P99, 140.0), "140.0, asked is <= 100.0");
        Refused(
            file =>
            {
                file.Market.Goals.Clear();
                foreach (var name in (string[])["G1", "G2", "G5"])
                    file.Market.Goals.Add(new MarketGoal { Name = name, What = "met", Measured = 1.0, Bound = 1.0 });
            },
            "and 21 more");

        static void Loosened(Model file, string name, string what, double figure)
        {
            var goal = Goal(file, name, what);
            (goal.Measured, goal.Bound, goal.IsMost) = (figure, figure, true);
        }
    }

    private static MarketGoal Goal(Model file, string name, string what) =>
        file.Market.Goals.Single(goal => (goal.Name, goal.What) == (name, what));

    private static void Refused(Action<Model> harm, string reason)
    {
        var file = Model.Parser.ParseFrom(ModelFile.WithMarket(Trained.Value, Met).Bytes.Span);
        harm(file);
        var verdict = ModelVerdict.Of(file.ToByteArray());
        Assert.Contains(reason, verdict, StringComparison.Ordinal);
        Assert.Contains("--Model:AllowRefused true", verdict, StringComparison.Ordinal);
    }
}
