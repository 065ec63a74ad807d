using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Bundles;

/// <summary>Builds paper orders: the message of an intent as long as <c>Execution:Mode</c> is Paper.</summary>
public sealed class PaperOrderBuilder(StrategyParameters parameters) : IBundleBuilder
{
    private readonly PaperTerms _terms = new()
    {
        StandardDelaySlots = parameters.StandardDelaySlots,
        FastDelaySlots = parameters.FastDelaySlots,
        SignatureFee = parameters.LandingFee,
        FastRouteFee = parameters.FastRouteFee,
        StandardRouteFee = parameters.StandardRouteFee,
        TipFloor = TipFloorMixture.Of(parameters.TipFloorLaw),
    };

    /// <inheritdoc/>
    public Lamports LandingFee => _terms.SignatureFee;

    /// <inheritdoc/>
    public Lamports RouteFee(Route route) => route == Route.Fast ? _terms.FastRouteFee : _terms.StandardRouteFee;

    /// <inheritdoc/>
    public Lamports TipCap(Lamports value, DecisionInputs inputs) => inputs.Policy.TipMax;

    /// <inheritdoc/>
    public BuiltBundle Build(
        Opportunity opportunity, Route route, Lamports tip, in DrawStream draws, DecisionInputs inputs)
    {
        var terms = _terms.For(opportunity.Slot, route, draws);
        return BuiltBundle.Of(new PaperOrder
        {
            Opportunity = opportunity.Id,
            Hops = [.. opportunity.Hops.Select(hop => hop.Hop)],
            AmountIn = opportunity.AmountIn,
            Tip = tip,
            Fee = terms.Fee,
            Route = route,
            DecidedIn = opportunity.Slot,
            LandsIn = terms.LandsIn,
            TipFloor = terms.TipFloor,
        }.Encode());
    }
}
