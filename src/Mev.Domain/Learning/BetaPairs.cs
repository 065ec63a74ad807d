namespace Mev.Domain.Learning;

/// <summary>Probabilities that are counted directly, each a Beta that returns to the same prior.</summary>
/// <param name="count">How many.</param>
/// <param name="priorSuccesses">Pseudo-successes of the prior.</param>
/// <param name="priorFailures">Pseudo-failures of the prior.</param>
internal sealed class BetaPairs(int count, double priorSuccesses, double priorFailures)
{
    /// <summary>Counts for it.</summary>
    public double[] Successes { get; } = [.. Enumerable.Repeat(priorSuccesses, count)];

    /// <summary>Counts against it.</summary>
    public double[] Failures { get; } = [.. Enumerable.Repeat(priorFailures, count)];

    /// <summary>Moves every count to its prior.</summary>
    public void Decay(double kept)
    {
        for (var i = 0; i < Successes.Length; i++)
        {
            Successes[i] = priorSuccesses + (Successes[i] - priorSuccesses) * kept;
            Failures[i] = priorFailures + (Failures[i] - priorFailures) * kept;
        }
    }

    /// <summary>A tempered draw: the mean plus <paramref name="kappa"/> of what the draw deviates from it.</summary>
    public double Draw(int index, double kappa, Draws draws)
    {
        var (successes, failures) = (Successes[index], Failures[index]);
        var mean = successes / (successes + failures);
        return mean + kappa * (draws.Beta(new GammaLaw(successes), new GammaLaw(failures)) - mean);
    }
}
