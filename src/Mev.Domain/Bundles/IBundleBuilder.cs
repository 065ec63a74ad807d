using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Bundles;

/// <summary>
/// Builds the complete message of a bundle before it is journalled: a pure function of recorded inputs, so a decision
/// replays to the same bytes.
/// </summary>
public interface IBundleBuilder
{
    /// <summary>What a landing costs beside the tip, whatever the route, lamports.</summary>
    Lamports LandingFee { get; }

    /// <summary>What a submission over a route costs, landed or not, lamports.</summary>
    Lamports RouteFee(Route route);

    /// <summary>The largest tip of a bundle that is worth <paramref name="value"/> before it, lamports.</summary>
    Lamports TipCap(Lamports value, DecisionInputs inputs);

    /// <summary>The message's bytes, or why there are none.</summary>
    BuiltBundle Build(
        Opportunity opportunity, Route route, Lamports tip, in DrawStream draws, DecisionInputs inputs);
}
