using System.Globalization;
using System.Text.Json;
using Mev.Auctions;
using Mev.Domain.Learning;
using Mev.Domain.Models;
using Mev.Journal.Models;

namespace Mev.Training;

/// <summary>One training: rows in, a file and what was measured out.</summary>
internal sealed record TrainRun
{
    private const string Caveat = "simulator with assumed rivals: no figure of it forecasts mainnet";

    /// <summary>What is learnt from and tried on.</summary>
    public IReadOnlyList<TrainingRow> Rows { get; init; } = [];

    public TrainingTerms How { get; init; } = new();

    /// <summary>Of the sampler that is to use the model.</summary>
    public required FactoredTerms Terms { get; init; }

    /// <summary>The model that it has to match; null for none.</summary>
    public OffsetModel? Incumbent { get; init; }

    /// <summary>Folder of models that pass.</summary>
    public required string Passed { get; init; }

    /// <summary>Folder of those that do not; null to write none.</summary>
    public string? Refused { get; init; }

    /// <summary>Markets in which the goals have to hold.</summary>
    public SeedRange Seeds { get; init; } = new(0, 0);

    public bool IsJson { get; init; }

    public int Run(CancellationToken cancellationToken)
    {
        var trained = OffsetTrainer.Train(
            Rows, Terms, How, Incumbent, round => Tell($"round {round} of {How.Rounds} is through"));
        List<string> refusals = [.. trained.Gate.Refusals];
        var model = trained.Model;
        var market = refusals.Count == 0 ? InMarket(model, cancellationToken) : null;
        if (market is not null)
        {
            refusals.AddRange(market.Refusals);
            model = ModelFile.WithMarket(model, market);
        }
        if (How.IsOfMarket) refusals.Add(ModelVerdict.OfMarket);
        var folder = refusals.Count == 0 ? Passed : Refused;
        var path = folder is null ? null : Write(model, folder);
        if (IsJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                rows = Rows.Count,
                model = $"{model.Id}",
                incumbent = Incumbent is null ? null : $"{Incumbent.Id}",
                path,
                trained.Gate,
                market = market is null ? null : new { caveat = Caveat, seeds = $"{Seeds}", market.Goals },
                refusals,
            }));
        }
        else
        {
            Print(trained.Gate, market);
            foreach (var refusal in refusals) Console.WriteLine($"refused: {refusal}");
            var use = refusals.Count == 0 ? "put in force with --Model:Path" : "no host takes it: a gate refused it";
            if (path is not null) Console.WriteLine($"written: {path} ({use})");
        }
        return refusals.Count == 0 ? TrainExit.Done : TrainExit.Refused;
    }

    private MarketGate InMarket(OffsetModel model, CancellationToken cancellationToken)
    {
        Tell($"the goals with the model, seeds {Seeds}, {MarketTrial.Horizon} opportunities each ({Caveat})");
        var tenths = 0;
        return MarketTrial.Play(model, Seeds, Told, cancellationToken);

        void Told(double share)
        {
            var tenth = (int)(10.0 * share);
            if (Interlocked.Exchange(ref tenths, Math.Max(tenth, tenths)) < tenth) Tell($"{10 * tenth} %");
        }
    }

    private static void Tell(string line) => Console.Error.WriteLine(line);

    private void Print(ModelGate gate, MarketGate? market)
    {
        var bands = string.Join(
            ", ", gate.CalibrationErrorByBand.Select(error => error.ToString("F4", CultureInfo.InvariantCulture)));
        var before = Incumbent is null ? "without a model" : $"with the model in force ({Incumbent.Id})";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Rows.Count} rows, {gate.Rows} tested on; Brier {gate.BrierBefore:F5} {before}, {gate.BrierAfter:F5} "
            + $"with it (95 % of the difference below {gate.DifferenceUpper:F5}); calibration error "
            + $"{gate.CalibrationError:F4}, by band of congestion {bands}"));
        if (market is null) return;
        Console.WriteLine($"Seeds {Seeds} ({Caveat}):");
        foreach (var goal in market.Goals) Console.WriteLine($"  {goal}{(goal.IsMet ? "" : " (MISSED)")}");
    }

    private static string Write(OffsetModel model, string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{model.Id}.model");
        File.WriteAllBytes(path, model.Bytes.Span);
        return path;
    }
}
