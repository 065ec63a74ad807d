using Mev.Domain.Chain;
using Mev.Domain.Limits;

namespace Mev.Benchmarks.Loads;

/// <summary>Which share of the evaluated candidates is to survive, and as what.</summary>
/// <param name="Name">Of the workload.</param>
/// <param name="Narrow">Sized exactly without being an opportunity.</param>
/// <param name="Gap">Opportunities that are skipped: below the policy's minimum profit.</param>
/// <param name="Big">Opportunities that are submitted.</param>
internal sealed record LoadMix(string Name, double Narrow, double Gap, double Big)
{
    /// <summary>0.1 % sized, 0.02 % opportunities with full records.</summary>
    public static LoadMix Market { get; } = new("market", 0.0008, 0, 0.0002);

    /// <summary>5 % sized, all of them opportunities with decisions, 1 % of these submit.</summary>
    public static LoadMix Storm { get; } = new("storm", 0, 0.0495, 0.0005);

    /// <summary>Gaps pay less, big gaps more.</summary>
    public static Lamports BigProfit { get; } = new(400_000_000);

    /// <summary>The policy that makes them so.</summary>
    public Policy Policy(Policy before) => before with
    {
        Version = before.Version + 1,
        MinimumProfit = Gap > 0 ? BigProfit : before.MinimumProfit,
        OpenSubmissionsMax = 1_000_000,
    };
}
