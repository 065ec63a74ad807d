using System.Globalization;

namespace Mev.Training;

/// <summary>How trees are grown. The defaults are those of the learning rules.</summary>
public sealed record TrainingTerms
{
    /// <summary>Trees.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Leaves of a tree at most.</summary>
    public int Leaves { get; init; } = 15;

    /// <summary>How much of what it saw a tree tells.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Rows of a leaf at least.</summary>
    public int RowsOfLeafMin { get; init; } = 60;

    /// <summary>Rounds: each but the first expects censored bids by the model of the one before.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Share of the newest rows that are of the test, 0 to 1.</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>Golden rows at most.</summary>
    public int GoldenRows { get; init; } = 1_000;

    /// <summary>Seed of the trainer and of the bootstrap.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where the rows are from.</summary>
    public string Source { get; init; } = "a decision store";

    /// <summary>Whether they are of a simulated market: no host takes such a model.</summary>
    public bool IsOfMarket { get; init; }

    /// <summary>In one line, for the file.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"LightGBM, {Trees} trees, {Leaves} leaves, rate {LearningRate}, {RowsOfLeafMin} rows a leaf, {Rounds} rounds, "
        + $"rows of {Source}");
}
