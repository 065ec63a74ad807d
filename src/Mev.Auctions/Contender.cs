using System.Globalization;
using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;
using Mev.Domain.Models;

namespace Mev.Auctions;

/// <summary>A way of bidding by its name, and how to make a bidder for a seed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Create">Makes the bidder of a seed.</param>
public sealed record Contender(string Name, Func<ulong, IBidder> Create)
{
    /// <summary>Knows every bid of the rivals.</summary>
    public const string BidOracleName = "bid-oracle";

    /// <summary>Knows the law of the rivals' bids.</summary>
    public const string DistributionOracleName = "distribution-oracle";

    /// <summary>The product's sampler.</summary>
    public const string FactoredName = "factored";

    /// <summary>The same, steered to a land rate.</summary>
    public const string FloorName = "factored-floor";

    /// <summary>What a run without <c>--policies</c> compares.</summary>
    public static IReadOnlyList<string> Usual { get; } =
    [
        BidOracleName, DistributionOracleName, FactoredName, FloorName, "fixed-0.70-fast", "fixed-0.75-fast",
        "epsilon-greedy-0.05", "ucb-0.35", "beta-ts", "logistic-ts",
    ];

    /// <summary>The variants' terms: the law of the best rival bid by its means.</summary>
    private static readonly FactoredTerms Pooled = FactoredTerms.Profit with { DrawsRivals = false };

    private static readonly FactoredTerms PooledFloor = FactoredTerms.Floor with { DrawsRivals = false };

    /// <summary>A dual that begins near where it ends and hardly follows the market's moods.</summary>
    private static readonly FactoredTerms SlowFloor =
        PooledFloor with { LandRateTarget = 0.67, DualStep = 0.0005, DualStart = 0.4 };

    private static readonly Dictionary<string, Func<ulong, IBidder>> Named = new(StringComparer.Ordinal)
    {
        [BidOracleName] = _ => new BidOracle(),
        [DistributionOracleName] = seed => new DistributionOracle(seed),
        [FactoredName] = seed => Factored(seed, FactoredTerms.Profit),
        [FloorName] = seed => Factored(seed, FactoredTerms.Floor),
        ["pooled"] = seed => new PooledBidder(seed, Figures(Pooled)),
        ["pooled-drawn"] = seed => new PooledBidder(seed, Figures(FactoredTerms.Profit)),
        ["pooled-floor"] = seed => new PooledBidder(seed, Figures(PooledFloor)),
        ["pooled-floor-slow"] = seed => new PooledBidder(seed, Figures(SlowFloor)),
        ["beta-ts"] = seed => new SamplerBidder(seed, new BetaThompsonSampler()),
        ["beta-ts-discounted"] = seed => new DiscountedBetaBidder(seed, isBinned: false),
        ["beta-ts-discounted-9"] = seed => new DiscountedBetaBidder(seed, isBinned: true),
        ["logistic-ts"] = seed => new LogisticThompsonBidder(seed),
        ["logistic-refit"] = seed => new LogisticRefitBidder(seed, isOneSided: false),
        ["logistic-refit-one-sided"] = seed => new LogisticRefitBidder(seed, isOneSided: true),
    };

    /// <summary>The names that are no pattern, and the patterns.</summary>
    public static string Names { get; } =
        string.Join(", ", Named.Keys.Concat(["fixed-SHARE-ROUTE", "epsilon-greedy-SHARE", "ucb-WIDTH"]));

    /// <summary>The contender of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Contender Of(string name) =>
        Find(name) ?? throw new ArgumentException($"'{name}' is none of {Names}", nameof(name));

    /// <summary>The contender of that name; null where there is none.</summary>
    public static Contender? Find(string name)
    {
        if (Named.TryGetValue(name, out var create)) return new Contender(name, create);
        if (Number(name, "epsilon-greedy-") is { } epsilon && epsilon <= 1.0)
            return new Contender(name, seed => new EpsilonGreedyBidder(seed, epsilon));
        if (Number(name, "ucb-") is { } width) return new Contender(name, _ => new UcbBidder(width));
        foreach (var route in (ReadOnlySpan<Route>)[Route.Standard, Route.Fast])
        {
            var suffix = $"-{route}";
            if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && Number(name[..^suffix.Length], "fixed-") is { } share && share < 1.0)
            {
                return new Contender(name, _ => new FixedShareBidder(share, route));
            }
        }
        return null;
    }

    /// <summary>The same with a model's offsets, where it is the product's sampler.</summary>
    public Contender With(OffsetModel? model) => (model, Name) switch
    {
        (not null, FactoredName) => this with { Create = seed => Factored(seed, FactoredTerms.Profit, model) },
        (not null, FloorName) => this with { Create = seed => Factored(seed, FactoredTerms.Floor, model) },
        _ => this,
    };

    /// <summary>A fixed share by a route.</summary>
    public static Contender Fixed(double share, Route route)
    {
        var by = route == Route.Fast ? "fast" : "standard";
        return Of(string.Create(CultureInfo.InvariantCulture, $"fixed-{share:0.00}-{by}"));
    }

    /// <summary>The factored sampler with its prior's location moved.</summary>
    public static Contender Displaced(double by) => new(
        string.Create(CultureInfo.InvariantCulture, $"{FactoredName}{by:+0.0;-0.0}"),
        seed => new SamplerBidder(seed, FactoredSampler.WithPrior(Figures(FactoredTerms.Profit), by)));

    private static SamplerBidder Factored(ulong seed, FactoredTerms terms, OffsetModel? model = null) =>
        new(seed, new FactoredSampler(Figures(terms)), saysLanding: true, model);

    /// <summary>The reference figures are without the calibration slice.</summary>
    private static FactoredTerms Figures(FactoredTerms terms) => terms with { CalibrationShare = 0.0 };

    private static double? Number(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && double.TryParse(name.AsSpan(prefix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number)
        && double.IsFinite(number)
            ? number
            : null;
}
