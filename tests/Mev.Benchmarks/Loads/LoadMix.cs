using Mev.Domain.Chain;
using Mev.Domain.Limits;

namespace Mev.Benchmarks.Loads;

/// <summary>Which share of the evaluated candidates is to survive, and what a submission costs.</summary>
/// <param name="Name">Of the workload.</param>
/// <param name="Narrow">Sized exactly without being an opportunity.</param>
/// <param name="Gap">Opportunities of the usual width.</param>
/// <param name="Big">Opportunities that pay some ten times as much.</param>
/// <param name="StandardRouteFee">What a submission costs by the standard route, landed or not.</param>
/// <param name="FastRouteFee">The same by the fast route.</param>
internal sealed record LoadMix(
    string Name, double Narrow, double Gap, double Big, Lamports StandardRouteFee, Lamports FastRouteFee)
{
    /// <summary>0.1 % sized, 0.02 % opportunities with full records, all of them submitted.</summary>
    public static LoadMix Market { get; } = new("market", 0.0008, 0.0002, 0, default, default);

    /// <summary>
    /// 5 % sized, all of them opportunities with decisions, 1 % of these submit. Submissions cost, and one in eight
    /// lands: once the strategy has learnt that, its draws say that only big gaps are worth the cost.
    /// </summary>
    public static LoadMix Storm { get; } = new("storm", 0, 0.0495, 0.0005, new(450_000_000), new(1_000_000_000));

    /// <summary>The policy: only open submissions are not to be what stops it.</summary>
    public static Policy Policy(Policy before) => before with
    {
        Version = before.Version + 1,
        OpenSubmissionsMax = 1_000_000,
    };
}
