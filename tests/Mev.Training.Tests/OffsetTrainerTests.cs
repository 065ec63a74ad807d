using System.Collections.Immutable;
using Mev.Domain.Auctions;
using Mev.Domain.Learning;
using Mev.Domain.Models;
using Mev.Journal.Models;

namespace Mev.Training.Tests;

public sealed class OffsetTrainerTests
{
    private static readonly TrainingTerms Small = new() { Trees = 40, Rounds = 2 };

    [Fact]
    public void Trees_equal_LightGBM_on_every_row_and_the_same_rows_give_the_same_file()
    {
        var rows = MarketRows.Of(seed: 71_000, opportunities: 6_000);
        var targets = OffsetTargets.Of(rows, FactoredTerms.Profit, new double[rows.Count]);
        var known = Enumerable.Range(0, rows.Count).Where(i => targets[i] is not null).ToList();
        var features = known.ConvertAll(i => TreeGrower.FeaturesOf(rows[i]));
        var grower = new TreeGrower(features, known.ConvertAll(i => targets[i]!.Value), new TrainingTerms());
        var ensemble = grower.Ensemble();
        Assert.Equal(100, ensemble.Trees.Length);
        Assert.True(ensemble.Trees.Max(tree => tree.Leaves.Length) > 8, "trees of stumps show nothing");

        var furthest = rows.Max(row => Math.Abs(
            ensemble.Evaluate(ModelRow.Of(row.Event.Context.Features, row.SlotPosition))
            - grower.Predict(TreeGrower.FeaturesOf(row))));

        Assert.True(furthest < ModelFile.GoldenDistanceMax, $"{furthest}");
        Assert.Equal(
            OffsetTrainer.Train(rows, FactoredTerms.Profit, Small).Model.Id,
            OffsetTrainer.Train(rows, FactoredTerms.Profit, Small).Model.Id);
    }

    [Fact]
    public void What_no_regression_sees_a_model_learns()
    {
        var trained = OffsetTrainer.Train(
            AuctionRows.WithStep(seed: 71_001, opportunities: 12_000), FactoredTerms.Profit, Small);

        Assert.True(trained.Gate.BrierAfter < 0.8 * trained.Gate.BrierBefore, $"{trained.Gate}");
        Assert.True(trained.Gate.DifferenceUpper < 0.0);
        var late = Features(size: 1.0);
        var step = trained.Model.OffsetOf(late, slotPosition: 0.9) - trained.Model.OffsetOf(late, slotPosition: 0.3);
        Assert.InRange(step, 0.4, 1.0);
    }

    /// <summary>Its forecasts come true as the sampler's do, and those with the model in force are worse.</summary>
    [Fact]
    public void A_model_passes_the_whole_first_gate_beside_one_that_misleads()
    {
        var gate = PassingModels.Of(seed: 71_009).Gate;

        Assert.Empty(gate.Refusals);
        Assert.True(gate.DifferenceUpper < 0.0, $"{gate}");
    }

    /// <summary>Rows whose bids are the regression's own leave nothing to learn: such a model is not let in.</summary>
    [Fact]
    public void A_model_of_noise_is_refused_by_the_gate()
    {
        var rows = MarketRows.Of(seed: 71_002, opportunities: 6_000);
        var noise = TreeEnsemble.TryCreate(
            [.. Enumerable.Range(0, 60).Select(number => Stump((ulong)number))], 0.0, ModelRow.Names.Length, out _)!;
        var isTest = rows.Select((_, place) => place > rows.Count / 2).ToList();
        var before = ModelTrial.Of(rows, isTest, FactoredTerms.Profit, model: null);
        var after = ModelTrial.Of(rows, isTest, FactoredTerms.Profit, new OffsetModel(new byte[1], noise, 0));

        var gate = ModelGate.Of(before, after, seed: 1);

        Assert.Contains(gate.Refusals, refusal => refusal.StartsWith("Brier", StringComparison.Ordinal));
        Assert.DoesNotContain(
            ModelGate.Of(before, before, seed: 1).Refusals,
            refusal => refusal.StartsWith("Brier", StringComparison.Ordinal));
    }

    [Fact]
    public void Randomised_rows_are_tested_on_and_never_trained_on()
    {
        var rows = AuctionRows.WithStep(seed: 71_003, opportunities: 8_000);
        ImmutableArray<TrainingRow> marked =
            [.. rows.Select((row, place) => row with { IsRandomised = place % 10 == 0 })];

        var (plain, sliced) = (
            OffsetTrainer.Train(rows, FactoredTerms.Profit, Small),
            OffsetTrainer.Train(marked, FactoredTerms.Profit, Small));

        var older = (int)(rows.Count * 0.8);
        Assert.Equal(plain.Gate.Rows + (older + 9) / 10, sliced.Gate.Rows);
        var file = ModelFile.Parse(sliced.Model.Bytes, out _)!;
        Assert.Equal((uint)(older - (older + 9) / 10), file.TrainingRows);
        Assert.Equal((uint)sliced.Gate.Rows, file.Trial.Rows);
    }

    [Fact]
    public void A_model_has_to_match_the_one_in_force_and_not_only_none()
    {
        var rows = AuctionRows.WithStep(seed: 71_005, opportunities: 8_000);
        var good = OffsetTrainer.Train(rows, FactoredTerms.Profit, Small);
        Assert.True(good.Gate.DifferenceUpper < 0.0);

        var worse = OffsetTrainer.Train(rows, FactoredTerms.Profit, Small with { Trees = 1, Rounds = 1 }, good.Model);

        Assert.Equal(good.Gate.BrierAfter, worse.Gate.BrierBefore, 1e-12);
        Assert.Contains(worse.Gate.Refusals, refusal => refusal.StartsWith("Brier", StringComparison.Ordinal));
        var file = ModelFile.Parse(worse.Model.Bytes, out _)!;
        Assert.Equal(good.Model.Id.ToArray(), file.Trial.IncumbentId.ToByteArray());
        Assert.True(ModelFile.Parse(good.Model.Bytes, out _)!.Trial.IncumbentId.IsEmpty);
    }

    /// <summary>
    /// Outcomes come long after their decisions: what one that came later tells of a decision is no forecast.
    /// </summary>
    [Fact]
    public void A_forecast_knows_no_outcome_that_came_after_its_decision()
    {
        var rows = MarketRows.Of(seed: 71_006, opportunities: 2_000).OrderBy(row => row.DecidedMs).ToList();
        var isTest = rows.Select((_, place) => place >= rows.Count / 2).ToList();
        var last = rows.Max(row => row.Event.AtMs);
        var late = rows.ConvertAll(row => row with { Event = row.Event with { AtMs = row.Event.AtMs + 2 * last } });

        var forecasts = ModelTrial.Of(late, isTest, FactoredTerms.Profit, model: null);

        var prior = new FactoredSampler(FactoredTerms.Profit);
        var tested = late.Where((_, place) => isTest[place]).ToList();
        Assert.Equal(tested.Count, forecasts.Length);
        Assert.All(forecasts.Zip(tested), pair => Assert.Equal(
            prior.LandingProbability(pair.Second.Event.Context, pair.Second.Event.Arm), pair.First.Probability));
        Assert.NotEqual(
            forecasts.Select(forecast => forecast.Probability),
            ModelTrial.Of(rows, isTest, FactoredTerms.Profit, model: null).Select(forecast => forecast.Probability));
    }

    [Fact]
    public void The_older_decisions_are_trained_on_whenever_their_outcomes_came()
    {
        var rows = AuctionRows.WithStep(seed: 71_007, opportunities: 6_000);
        var first = rows.Min(row => row.DecidedMs);
        ImmutableArray<TrainingRow> turned = // the oldest decision is the last of which anybody hears
            [.. rows.Select(row => row.DecidedMs == first ? HeardLast(row) : row)];

        var file = ModelFile.Parse(OffsetTrainer.Train(turned, FactoredTerms.Profit, Small).Model.Bytes, out _)!;

        Assert.Equal(first, file.TrainedFromMs);

        static TrainingRow HeardLast(TrainingRow row) => row with { Event = row.Event with { AtMs = 1L << 40 } };
    }

    [Fact]
    public void Too_little_evidence_says_how_much_there_is()
    {
        var failure = Assert.Throws<TooFewRowsException>(() =>
            OffsetTrainer.Train(MarketRows.Of(71_004, 500), FactoredTerms.Profit, Small));
        Assert.Contains("1000 are needed", failure.Message, StringComparison.Ordinal);
    }

    private static FeatureVector Features(double size) => new(size, 0.0, 0.0, 0.0, 0.0, Math.Max(0.0, size - 0.7));

    private static DecisionTree Stump(ulong number)
    {
        var stream = MixStream.Of(seed: 1, number, sub: 0);
        return new DecisionTree
        {
            Features = [(int)number % ModelRow.Names.Length],
            Thresholds = [(float)(stream.Uniform() * 2.0 - 1.0)],
            Left = [~0],
            Right = [~1],
            Leaves = [stream.Uniform() * 0.2 - 0.1, stream.Uniform() * 0.2 - 0.1],
        };
    }
}
