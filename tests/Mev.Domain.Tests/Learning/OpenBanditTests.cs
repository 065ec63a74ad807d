using System.Text.Json;
using Mev.Domain.Learning;
using Mev.Fixtures;

namespace Mev.Domain.Tests.Learning;

/// <summary>
/// Beta draws against the action probabilities that the Open Bandit Pipeline publishes for its production prior. The
/// gate has power: a prior that is one count off, and a normal in the place of the Beta, fail it.
/// </summary>
public sealed class OpenBanditTests
{
    private const int Rounds = 100_000;
    private const double ZMax = 3.5;
    private static readonly RandomKey Key = RandomKey.Of("open-bandit", 1);

    [Fact]
    public void All_18_published_cells_are_met() =>
        Assert.InRange(
            LargestZ((draws, alpha, beta) => draws.Beta(new GammaLaw(alpha), new GammaLaw(beta))), 0.3, ZMax);

    [Fact]
    public void A_prior_that_is_one_count_off_is_found() =>
        Assert.True(LargestZ((draws, alpha, beta) =>
            draws.Beta(new GammaLaw(alpha + 1.0), new GammaLaw(beta + 1.0))) > 2.0 * ZMax);

    [Fact]
    public void A_normal_in_the_place_of_the_beta_is_found() =>
        Assert.True(LargestZ(Normal) > 2.0 * ZMax);

    private delegate double Law(Draws draws, double alpha, double beta);

    private static double Normal(Draws draws, double alpha, double beta)
    {
        var mean = alpha / (alpha + beta);
        return mean + Math.Sqrt(mean * (1.0 - mean) / (alpha + beta + 1.0)) * draws.Normal();
    }

    private static double LargestZ(Law law)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(TestData.NeedPath(Path.Combine(
            TestData.Repository, "..", "shared", "data", "open-bandit", "parity.json"))));
        var counts = Ranked(law, Numbers(json, "alpha"), Numbers(json, "beta"));
        var (largest, cells) = (0.0, 0);
        foreach (var cell in json.RootElement.GetProperty("published_cells").EnumerateArray())
        {
            for (var rank = 0; rank < 3; rank++)
            {
                var published = cell.GetProperty("p")[rank].GetDouble();
                var ours = counts[cell.GetProperty("item").GetInt32(), rank] / (double)Rounds;
                var variance = (published * (1.0 - published) + ours * (1.0 - ours)) / Rounds;
                largest = Math.Max(largest, Math.Abs(ours - published) / Math.Sqrt(variance));
                cells++;
            }
        }
        Assert.Equal(18, cells);
        return largest;
    }

    /// <summary>How often each item was first, second and third by its draw.</summary>
    private static int[,] Ranked(Law law, double[] alpha, double[] beta)
    {
        var counts = new int[alpha.Length, 3];
        for (var round = 0; round < Rounds; round++)
        {
            var stream = new DrawStream(Key, (ulong)round);
            var top = new TopScores();
            for (var item = 0; item < alpha.Length; item++)
                top.Offer(item, law(stream.At(DrawPurposes.BetaArm + (uint)item), alpha[item], beta[item]));
            counts[top.Best.Arm, 0]++;
            counts[top.Second.Arm, 1]++;
            counts[top.Third.Arm, 2]++;
        }
        return counts;
    }

    private static double[] Numbers(JsonDocument json, string name) =>
        [.. json.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
