using System.Collections.Immutable;
using Mev.Contracts.V1;
using Mev.Domain.Auctions;
using Mev.Domain.Models;
using ModelTrial = Mev.Contracts.V1.ModelTrial;

namespace Mev.Journal.Models;

/// <summary>
/// Whether a model passed the gates, judged anew by the figures that its trainer wrote into its file and by the bounds
/// of this build: a model goes live only by passing them. A file is not signed, so figures are believed.
/// </summary>
public static class ModelVerdict
{
    /// <summary>Why a model of a simulated market goes live nowhere.</summary>
    public const string OfMarket = "it was trained on a simulated market: no model for a host";

    private const int ToldMax = 5;

    private const string Remedy =
        "train another with mev-train, or try it where nothing is sent: --Execution:Mode Paper "
        + "--Model:AllowRefused true";

    /// <summary>Why the model of a file may not go live, in a sentence with the remedy; empty when it may.</summary>
    /// <param name="bytes">The file.</param>
    public static string Of(ReadOnlyMemory<byte> bytes)
    {
        if (ModelFile.Parse(bytes, out var refusal) is not { } file) return refusal;
        var all = Refusals(file).ToList();
        if (all.Count == 0) return "";
        var more = all.Count > ToldMax ? $"; and {all.Count - ToldMax} more" : "";
        return $"the gates refuse it: {string.Join("; ", all.Take(ToldMax))}{more} ({Remedy})";
    }

    /// <summary>Each refusal with its figure and its bound; none when the model may go live.</summary>
    public static IEnumerable<string> Refusals(Model file) =>
    [
        .. file.IsOfMarket ? [OfMarket] : (string[])[],
        .. file.Trial is { } trial ? GateOf(trial).Refusals : ["it was not tried on later rows"],
        .. file.Market is { } market ? GateOf(market).Refusals : ["the goals were not played with it"],
    ];

    /// <summary>What a trial in the market found, for the file.</summary>
    public static MarketTrial TrialOf(MarketGate gate) => new()
    {
        SeedFirst = gate.SeedFirst,
        SeedLast = gate.SeedLast,
        Goals =
        {
            gate.Goals.Select(goal => new MarketGoal
            {
                Name = goal.Name,
                What = goal.What,
                Measured = goal.Measured,
                Bound = goal.Bound,
                IsMost = goal.IsMost,
            }),
        },
    };

    private static ModelGate GateOf(ModelTrial trial) => new()
    {
        Rows = (int)Math.Min(trial.Rows, int.MaxValue),
        BrierBefore = trial.BrierBefore,
        BrierAfter = trial.BrierAfter,
        DifferenceUpper = trial.DifferenceUpper,
        CalibrationError = trial.CalibrationError,
        CalibrationErrorByBand = [.. trial.CalibrationErrorByBand],
    };

    private static MarketGate GateOf(MarketTrial trial)
    {
        var goals = trial.Goals.Select(goal => new Goal(goal.Name, goal.What, goal.Measured, goal.Bound, goal.IsMost));
        return new MarketGate(trial.SeedFirst, trial.SeedLast, goals.ToImmutableArray());
    }
}
