using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;

namespace Mev.Grains.Tests.Signing;

/// <summary>Builds as the real one, and calls what makes tables go as soon as a message uses one.</summary>
internal sealed class TableLosingBuilder(IBundleBuilder real, Action lose) : IBundleBuilder
{
    public Lamports LandingFee => real.LandingFee;

    public Lamports RouteFee(Route route) => real.RouteFee(route);

    public Lamports TipCap(Lamports value, DecisionInputs inputs) => real.TipCap(value, inputs);

    public BuiltBundle Build(
        Opportunity opportunity, Route route, Lamports tip, in DrawStream draws, DecisionInputs inputs)
    {
        var built = real.Build(opportunity, route, tip, draws, inputs);
        if (MessageBytes.Read(built.Message.Span, out _) is { Lookups.IsEmpty: false }) lose();
        return built;
    }
}
