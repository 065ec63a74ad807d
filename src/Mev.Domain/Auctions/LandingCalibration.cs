namespace Mev.Domain.Auctions;

/// <summary>
/// Whether bids landed as often as their bidder said, by the market's hidden regime, by seen congestion and altogether.
/// </summary>
public sealed class LandingCalibration
{
    /// <summary>Bands of seen congestion: below -0.5, below 0.6, and above.</summary>
    public const int BandsCount = 3;

    /// <summary>Bins of what is said.</summary>
    public const int BinsCount = 15;

    private const int RegimesCount = 4; // the first is that of no market

    private readonly Bin[,,] _bins = new Bin[RegimesCount, BandsCount, BinsCount];

    /// <summary>The band of that seen congestion.</summary>
    public static int BandOf(double congestion) => congestion < -0.5 ? 0 : congestion < 0.6 ? 1 : 2;

    /// <summary>The bin of that probability.</summary>
    public static int BinOf(double said) => Math.Clamp((int)(BinsCount * said), 0, BinsCount - 1);

    /// <summary>Takes in a bid whose bidder said a probability; others are left out.</summary>
    public void Add(MarketRegime regime, double congestion, AuctionBid bid, AuctionOutcome outcome)
    {
        if (bid.Landing is { } said) Add(regime, congestion, said, outcome.IsLanded);
    }

    /// <summary>Takes in what was said of a bid and what became of it.</summary>
    /// <param name="regime">The market's regime; of no market where it is not known.</param>
    /// <param name="congestion">Standardised congestion as it was seen.</param>
    /// <param name="said">The probability of landing that was said.</param>
    /// <param name="isLanded">Whether it landed.</param>
    public void Add(MarketRegime regime, double congestion, double said, bool isLanded)
    {
        _bins[(int)regime, BandOf(congestion), BinOf(said)] += new Bin(1, isLanded ? 1 : 0, said);
    }

    /// <summary>Of all these together.</summary>
    public static LandingCalibration Of(IEnumerable<LandingCalibration> parts)
    {
        var whole = new LandingCalibration();
        foreach (var part in parts)
        {
            for (var place = 0; place < part._bins.Length; place++)
            {
                var (regime, band, bin) = (
                    place / BinsCount / BandsCount, place / BinsCount % BandsCount, place % BinsCount);
                whole._bins[regime, band, bin] += part._bins[regime, band, bin];
            }
        }
        return whole;
    }

    /// <summary>
    /// Expected calibration error over 15 bins: the mean distance of what was said from what happened, weighted by
    /// bids. Null when nothing was said.
    /// </summary>
    public double? Error() => Error((_, _) => true);

    /// <summary>The same of the bids in one regime, which bidders do not see.</summary>
    public double? ErrorIn(MarketRegime regime) => Error((of, _) => of == (int)regime);

    /// <summary>The same of the bids in one band of seen congestion.</summary>
    public double? ErrorInBand(int band) => Error((_, of) => of == band);

    private double? Error(Func<int, int, bool> isOf)
    {
        var (distance, total) = (0.0, 0);
        for (var bin = 0; bin < BinsCount; bin++)
        {
            var sum = default(Bin);
            for (var regime = 0; regime < RegimesCount; regime++)
            {
                for (var band = 0; band < BandsCount; band++)
                    if (isOf(regime, band)) sum += _bins[regime, band, bin];
            }
            total += sum.Bids;
            distance += Math.Abs(sum.Said - sum.Landed);
        }
        return total > 0 ? distance / total : null;
    }

    private readonly record struct Bin(int Bids, int Landed, double Said)
    {
        public static Bin operator +(Bin left, Bin right) =>
            new(left.Bids + right.Bids, left.Landed + right.Landed, left.Said + right.Said);
    }
}
