using System.Collections.Immutable;
using Mev.Domain.Bundles;

namespace Mev.Gateway.Funnels;

/// <summary>
/// How far bundles came since this process began: in all, and by each label. The label says against whom, as with every
/// land rate.
/// </summary>
internal sealed record Funnel(string Label, Funnel.Part All, ImmutableArray<Funnel.Group> By)
{
    // The pairs of the specification, the denominator first; what was decided is what was offered to us.
    private static readonly (LandingStage Of, LandingStage Reached)[] Pairs =
    [
        (LandingStage.Sent, LandingStage.Received), (LandingStage.Received, LandingStage.Accepted),
        (LandingStage.Accepted, LandingStage.Landed), (LandingStage.Sent, LandingStage.Landed),
        (LandingStage.Decided, LandingStage.Landed), (LandingStage.Landed, LandingStage.Finalized),
    ];

    private static readonly LandingStage[] Stages = Enum.GetValues<LandingStage>();

    /// <summary>The funnel as people and programs see it.</summary>
    public static Funnel Of(LandingFunnel funnel, string label) => new(
        label,
        new Part(
            "", [.. Stages.Select(stage => new StageCount(stage, funnel.Count(stage)))],
            [.. Pairs.Select(pair => new FunnelRate(pair.Of, pair.Reached, funnel.Rate(pair.Of, pair.Reached)))]),
        [.. Enum.GetValues<LandingLabel>().Select(by => new Group(
            by, [.. funnel.Values(by).Select(value => PartOf(funnel, by, value))]))]);

    private static Part PartOf(LandingFunnel funnel, LandingLabel by, string value) => new(
        value, [.. Stages.Select(stage => new StageCount(stage, funnel.Count(stage, by, value)))],
        [.. Pairs.Select(pair => new FunnelRate(
            pair.Of, pair.Reached, funnel.Rate(pair.Of, pair.Reached, by, value)))]);

    internal sealed record Group(LandingLabel Label, ImmutableArray<Part> Parts);

    /// <summary>Bundles of one value of a label; empty is not known, or all of them.</summary>
    internal sealed record Part(string Value, ImmutableArray<StageCount> Stages, ImmutableArray<FunnelRate> Rates);

    internal sealed record StageCount(LandingStage Stage, long Count);
}
