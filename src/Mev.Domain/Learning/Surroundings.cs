using Mev.Domain.Chain;
using Mev.Domain.Models;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Orleans;

namespace Mev.Domain.Learning;

/// <summary>
/// What a decision knew of the market around its opportunity: an input, recorded with it, from which features and bins
/// follow. The update that follows uses this value and never a fresh one.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.surroundings")]
public readonly record struct Surroundings
{
    /// <summary>Highest congestion, either way, in standard deviations; what is beyond counts as it.</summary>
    public const double CongestionMax = 4.0;

    /// <summary>A pool younger than this is young: 24 h.</summary>
    public const long YoungSeconds = 86_400;

    private const double SlotNs = 400e6;
    private const double FractionsMax = WinningFractions<int>.FractionMax;

    /// <summary>Nothing known: mean congestion, no young pool, the slot's start, averages without an outcome.</summary>
    public static Surroundings Unknown { get; } = new()
    {
        PoolFraction = WinningFractions<int>.Start,
        MarketFraction = WinningFractions<int>.Start,
    };

    /// <summary>
    /// Congestion, standardised: mean 0, deviation about 1, at most 4 either way; 0 where it is not known.
    /// </summary>
    [Id(0)] public double Congestion { get; init; }

    /// <summary>The youngest pool of the cycle is younger than 24 h; false where no pool tells its age.</summary>
    [Id(1)] public bool IsYoung { get; init; }

    /// <summary>Place in the slot, 0 (its start, or not known) to 1.</summary>
    [Id(2)] public double SlotPosition { get; init; }

    /// <summary>Moving average of winning fractions on the cycle's pools, 0 to 1.2: their mean.</summary>
    [Id(3)] public double PoolFraction { get; init; }

    /// <summary>The same over all pools.</summary>
    [Id(4)] public double MarketFraction { get; init; }

    /// <summary>What a model made of it: the context's offset; 0 without one.</summary>
    [Id(5)] public double Offset { get; init; }

    /// <summary>That model; null without one.</summary>
    [Id(6)] public Digest? Model { get; init; }

    /// <summary>Bin of the survival factor, 0 to 3.</summary>
    public byte SurvivalBin => FeatureVector.SurvivalBin(Congestion, SlotPosition);

    /// <summary>Every number is one that can be; not so in a damaged record.</summary>
    public bool IsPossible => Math.Abs(Congestion) <= CongestionMax && SlotPosition is >= 0.0 and <= 1.0
        && PoolFraction is >= 0.0 and <= FractionsMax && MarketFraction is >= 0.0 and <= FractionsMax
        && Math.Abs(Offset) <= OffsetModel.OffsetMax && (Model is not null || Offset == 0.0);

    /// <summary>With what a model makes of an opportunity of that value; without one where there is none.</summary>
    public Surroundings With(OffsetModel? model, Lamports value) => this with
    {
        Offset = model is null || value <= Lamports.Zero ? 0.0 : model.OffsetOf(FeaturesOf(value), SlotPosition),
        Model = model?.Id,
    };

    /// <summary>What is known around an opportunity.</summary>
    /// <param name="opportunity">The opportunity.</param>
    /// <param name="slotStartedNs">When the chain's slot began here, nanoseconds since 1970; 0 when not known.</param>
    /// <param name="congestion">Standardised congestion, at most 4 either way.</param>
    /// <param name="fractions">Moving averages of winning fractions.</param>
    public static Surroundings Around(
        Opportunity opportunity, long slotStartedNs, double congestion, WinningFractions<PoolId> fractions)
    {
        var sum = 0.0;
        foreach (ref readonly var hop in opportunity.Hops.AsSpan()) sum += fractions.Of(hop.Hop.Pool);
        return new Surroundings
        {
            Congestion = congestion,
            IsYoung = IsYoungAt(opportunity.Clock.UnixTime, opportunity.OpenedUnixTime),
            SlotPosition = slotStartedNs <= 0 || opportunity.ReceivedNs <= slotStartedNs
                ? 0.0
                : Math.Min(1.0, (opportunity.ReceivedNs - slotStartedNs) / SlotNs),
            PoolFraction = sum / opportunity.Hops.Length,
            MarketFraction = fractions.Market,
        };
    }

    /// <summary>The features of an opportunity of that value in these surroundings; all 0 without a value.</summary>
    public FeatureVector FeaturesOf(Lamports value) => value > Lamports.Zero
        ? FeatureVector.Of(value, Congestion, IsYoung, PoolFraction, MarketFraction)
        : default;

    private static bool IsYoungAt(long unixTime, long openedUnixTime) =>
        unixTime > 0 && openedUnixTime > 0 && unixTime - openedUnixTime < YoungSeconds;
}
