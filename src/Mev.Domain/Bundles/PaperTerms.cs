using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Orleans;

namespace Mev.Domain.Bundles;

/// <summary>
/// The rules by which a paper order gets its landing slot, its fee and the tip that it has to exceed.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.paper-terms")]
public sealed record PaperTerms
{
    /// <summary>Slots from the decision's state to the landing on the standard route. Default 2.</summary>
    [Id(0)] public int StandardDelaySlots { get; init; } = 2;

    /// <summary>The same on the fast route. Default 1.</summary>
    [Id(1)] public int FastDelaySlots { get; init; } = 1;

    /// <summary>Fee of the transaction's one signature. Default 5,000 lamports.</summary>
    [Id(2)] public Lamports SignatureFee { get; init; } = new(5_000);

    /// <summary>What the fast route costs for each submission, landed or not. Default 0.</summary>
    [Id(3)] public Lamports FastRouteFee { get; init; }

    /// <summary>Law of the competing tip. Default: September 2024.</summary>
    [Id(4)] public TipFloorMixture TipFloor { get; init; } = TipFloorMixture.September2024;

    /// <summary>What the standard route costs for each submission, landed or not. Default 0.</summary>
    [Id(5)] public Lamports StandardRouteFee { get; init; }

    /// <summary>The terms of one order: a function of its arguments alone, so they replay.</summary>
    /// <param name="decidedIn">Slot of the newest state that the decision saw.</param>
    /// <param name="route">The submission route chosen.</param>
    /// <param name="stream">The strategy's random numbers for this opportunity.</param>
    /// <exception cref="ArgumentOutOfRangeException">No known route.</exception>
    public PaperOrderTerms For(Slot decidedIn, Route route, in DrawStream stream) => route switch
    {
        Route.Standard => new(
            decidedIn.Plus(StandardDelaySlots), SignatureFee + StandardRouteFee, TipFloor.Draw(stream)),
        Route.Fast => new(decidedIn.Plus(FastDelaySlots), SignatureFee + FastRouteFee, TipFloor.Draw(stream)),
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "a paper order needs a route"),
    };
}
