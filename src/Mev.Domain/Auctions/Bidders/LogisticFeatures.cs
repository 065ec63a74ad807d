using Mev.Domain.Bundles;
using Mev.Domain.Learning;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>
/// What the logistic baselines know of a bid: the seven features of the opportunity, and six of share and route. They
/// choose among 37 shares of 5 % to 95 % by two routes.
/// </summary>
internal static class LogisticFeatures
{
    public const int Length = 13;
    public const int SharesCount = 37;

    /// <summary>Index of the logarithm of the share, the only weight whose prior mean is not 0.</summary>
    public const int LnShare = 7;

    /// <summary>Prior mean of the weight of <see cref="LnShare"/>.</summary>
    public const double LnShareMean = 2.0;

    public static double ShareOf(int index) => 0.05 + 0.025 * index;

    /// <summary>Writes the features of an opportunity; those of a bid stay 0.</summary>
    public static void Write(in AuctionView view, Span<double> x) => SamplerBidder.ContextOf(view).Features.CopyTo(x);

    /// <summary>Writes the features of a bid on the opportunity that is already written.</summary>
    public static void Write(double share, Route route, Span<double> x)
    {
        var lnShare = DetMath.Ln(share) + 0.6;
        var high = 5.0 * Math.Max(0.0, share - 0.8);
        x[LnShare] = lnShare;
        x[8] = lnShare * lnShare;
        x[9] = lnShare * x[4];
        x[10] = route == Route.Fast ? 1.0 : 0.0;
        x[11] = high;
        x[12] = high * x[3];
    }

    /// <summary>
    /// The bid with the highest expected profit by those weights; a skip when none is above <paramref name="least"/>.
    /// </summary>
    public static AuctionBid Best(ReadOnlySpan<double> weights, in AuctionView view, double least = 0.0)
    {
        Span<double> x = stackalloc double[Length];
        Write(view, x);
        var seen = view.Chance.SeenValueSol;
        var (best, most) = (AuctionBid.Skip, least);
        for (var index = 0; index < SharesCount; index++)
        {
            var share = ShareOf(index);
            foreach (var route in (ReadOnlySpan<Route>)[Route.Standard, Route.Fast])
            {
                Write(share, route, x);
                var landing = RivalLaw.Logistic(Dot(weights, x));
                var score = landing * (1.0 - share) - AuctionTerms.CostSol(route) / seen;
                if (score <= most) continue;
                (best, most) = (AuctionBid.OfShare(share, route, seen, index), score);
            }
        }
        return best;
    }

    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}
