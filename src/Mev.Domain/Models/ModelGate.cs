using System.Collections.Immutable;
using Mev.Domain.Auctions;

namespace Mev.Domain.Models;

/// <summary>Whether a model foretells landings well enough to be used, by the rows of the test.</summary>
public sealed record ModelGate
{
    /// <summary>Largest calibration error, 15 bins.</summary>
    public const double CalibrationErrorMax = 0.03;

    /// <summary>The same in a band of seen congestion.</summary>
    public const double BandErrorMax = 0.06;

    /// <summary>Rows of a test at least.</summary>
    public const int RowsMin = 200;

    private const int Resamples = 2_000;
    private const ulong BootstrapStream = 0x626F6F74;
    private const double UpperShare = 0.975;

    /// <summary>Rows of the test.</summary>
    public required int Rows { get; init; }

    /// <summary>Mean squared error with the model in force, or without one.</summary>
    public required double BrierBefore { get; init; }

    /// <summary>Mean squared error with it.</summary>
    public required double BrierAfter { get; init; }

    /// <summary>Upper end of the paired bootstrap's 95 % interval of after minus before.</summary>
    public required double DifferenceUpper { get; init; }

    /// <summary>With it, over all rows.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>With it, by band of seen congestion; 0 of a band without rows.</summary>
    public required ImmutableArray<double> CalibrationErrorByBand { get; init; }

    /// <summary>Why the model may not be used, each with its figure and its bound; none when it may.</summary>
    public IEnumerable<string> Refusals
    {
        get
        {
            if (Rows < RowsMin) yield return $"{Rows} rows of test, at least {RowsMin} are needed";
            if (DifferenceUpper is not <= 0.0) // nor what is no number
                yield return $"Brier {BrierAfter:F5} after {BrierBefore:F5}: 95 % reach +{DifferenceUpper:F5}, above 0";
            if (CalibrationError is not <= CalibrationErrorMax)
                yield return $"calibration error {CalibrationError:F3}, allowed is {CalibrationErrorMax}";
            var bands = CalibrationErrorByBand.Length;
            if (bands != LandingCalibration.BandsCount)
                yield return $"{bands} congestion bands, {LandingCalibration.BandsCount} are needed";
            for (var band = 0; band < bands; band++)
            {
                var error = CalibrationErrorByBand[band];
                if (error is not <= BandErrorMax)
                    yield return $"calibration error {error:F3} in congestion band {band}, allowed is {BandErrorMax}";
            }
        }
    }

    /// <summary>Measures forecasts of the same rows.</summary>
    /// <param name="before">With the model in force, or without one.</param>
    /// <param name="after">With the new one.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static ModelGate Of(
        ImmutableArray<LandingForecast> before, ImmutableArray<LandingForecast> after, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(after.Length, before.Length, nameof(after));
        var calibration = new LandingCalibration();
        var (sumBefore, sumAfter) = (0.0, 0.0);
        var differences = new double[after.Length];
        for (var i = 0; i < after.Length; i++)
        {
            var row = after[i];
            calibration.Add(MarketRegime.Unknown, row.Congestion, row.Probability, row.HasLanded);
            (sumBefore, sumAfter) = (sumBefore + before[i].Brier, sumAfter + row.Brier);
            differences[i] = row.Brier - before[i].Brier;
        }
        var rows = Math.Max(1, after.Length);
        return new ModelGate
        {
            Rows = after.Length,
            BrierBefore = sumBefore / rows,
            BrierAfter = sumAfter / rows,
            DifferenceUpper = UpperOf(differences, seed),
            CalibrationError = calibration.Error() ?? 0.0,
            CalibrationErrorByBand =
            [
                .. Enumerable.Range(0, LandingCalibration.BandsCount)
                    .Select(band => calibration.ErrorInBand(band) ?? 0.0),
            ],
        };
    }

    private static double UpperOf(double[] differences, ulong seed)
    {
        if (differences.Length == 0) return 0.0;
        var means = new double[Resamples];
        for (var resample = 0; resample < Resamples; resample++)
        {
            var stream = MixStream.Of(seed, BootstrapStream, (ulong)resample);
            var sum = 0.0;
            for (var i = 0; i < differences.Length; i++)
                sum += differences[Math.Min((int)(stream.Uniform() * differences.Length), differences.Length - 1)];
            means[resample] = sum / differences.Length;
        }
        Array.Sort(means);
        return means[(int)(UpperShare * Resamples)];
    }
}
