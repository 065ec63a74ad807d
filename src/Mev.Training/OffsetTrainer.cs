using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Auctions;
using Mev.Domain.Learning;
using Mev.Domain.Models;
using Mev.Journal.Models;
using ModelTrial = Mev.Domain.Models.ModelTrial;

namespace Mev.Training;

/// <summary>
/// Trains an offset model on older rows and tries it on newer ones. Rows of the calibration slice are never trained
/// on. Censored bids are expected by the posterior with the model of the round before.
/// </summary>
public static class OffsetTrainer
{
    /// <summary>Rows with evidence to train on at least.</summary>
    public const int RowsMin = 1_000;

    /// <summary>Trains.</summary>
    /// <param name="rows">In any order but for rows of one time, which are in that of the journal.</param>
    /// <param name="terms">Of the sampler that is to use the model.</param>
    /// <param name="how">How.</param>
    /// <param name="incumbent">The model that is in force, which it has to match; null for none.</param>
    /// <param name="told">Told of each round when it is through.</param>
    /// <exception cref="TooFewRowsException">Fewer rows with evidence than <see cref="RowsMin"/>.</exception>
    public static TrainedModel Train(
        IEnumerable<TrainingRow> rows, FactoredTerms terms, TrainingTerms how, OffsetModel? incumbent = null,
        Action<int>? told = null)
    {
        var all = rows.OrderBy(row => row.DecidedMs).ToList();
        var firstTest = (int)(all.Count * (1.0 - how.TestShare));
        var isTest = all.Select((row, place) => place >= firstTest || row.IsRandomised).ToList();
        var features = all.ConvertAll(TreeGrower.FeaturesOf);
        var offsets = new double[all.Count];
        TreeGrower grower = null!;
        OffsetModel model = null!; // there is a round at least
        for (var round = 1; round <= how.Rounds; round++)
        {
            var targets = OffsetTargets.Of(all, terms, offsets);
            var training = Enumerable.Range(0, all.Count)
                .Where(place => !isTest[place] && targets[place] is not null).ToList();
            if (training.Count < RowsMin)
            {
                throw new TooFewRowsException(
                    $"{training.Count} rows with evidence of {all.Count}; {RowsMin} are needed");
            }
            grower = new TreeGrower(
                training.ConvertAll(place => features[place]), training.ConvertAll(place => targets[place]!.Value),
                how);
            model = new OffsetModel(ReadOnlyMemory<byte>.Empty, grower.Ensemble(), 0);
            for (var place = 0; place < offsets.Length; place++)
                offsets[place] = model.OffsetOf(all[place].Event.Context.Features, all[place].SlotPosition);
            told?.Invoke(round);
        }
        var before = ModelTrial.Of(all, isTest, terms, incumbent);
        var after = ModelTrial.Of(all, isTest, terms, model);
        var gate = ModelGate.Of(before, after, (ulong)how.Seed);
        var file = FileOf(all, isTest, gate, after, how);
        if (incumbent is not null) file.Trial.IncumbentId = ByteString.CopyFrom(incumbent.Id.ToArray());
        file.Golden.AddRange(Golden(features, grower, how.GoldenRows));
        var bytes = ModelFile.Write(file, model.Ensemble);
        return ModelFile.TryRead(bytes, out var refusal) is { } read
            ? new TrainedModel(read, gate)
            : throw new InvalidDataException($"the evaluator differs from LightGBM: {refusal}");
    }

    private static Model FileOf(
        List<TrainingRow> rows, List<bool> isTest, ModelGate gate, IReadOnlyList<LandingForecast> forecasts,
        TrainingTerms how)
    {
        var trained = rows.Where((_, place) => !isTest[place]).ToList();
        return new Model
        {
            TrainedFromMs = trained[0].DecidedMs,
            TrainedToMs = trained[^1].DecidedMs,
            TrainingRows = (uint)trained.Count,
            Trainer = how.Describe(),
            IsOfMarket = how.IsOfMarket,
            Trial = new Contracts.V1.ModelTrial
            {
                Rows = (uint)gate.Rows,
                BrierBefore = gate.BrierBefore,
                BrierAfter = gate.BrierAfter,
                DifferenceUpper = gate.DifferenceUpper,
                CalibrationError = gate.CalibrationError,
                CalibrationErrorByBand = { gate.CalibrationErrorByBand },
                Calibration = { Bins(forecasts) },
            },
        };
    }

    private static IEnumerable<CalibrationBin> Bins(IReadOnlyList<LandingForecast> forecasts) =>
        Enumerable.Range(0, LandingCalibration.BinsCount).Select(bin =>
        {
            var of = forecasts.Where(row => LandingCalibration.BinOf(row.Probability) == bin).ToList();
            return new CalibrationBin
            {
                Rows = (uint)of.Count,
                Said = of.Count == 0 ? 0.0 : of.Average(row => row.Probability),
                Landed = of.Count == 0 ? 0.0 : of.Average(row => row.HasLanded ? 1.0 : 0.0),
            };
        });

    /// <summary>Rows from all over the data, each with what LightGBM itself predicts.</summary>
    private static IEnumerable<GoldenRow> Golden(List<float[]> features, TreeGrower grower, int count)
    {
        var step = Math.Max(1, features.Count / count);
        for (var place = 0; place < features.Count && place / step < count; place += step)
            yield return new GoldenRow { Row = { features[place] }, Value = grower.Predict(features[place]) };
    }
}
