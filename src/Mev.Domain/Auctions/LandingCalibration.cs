namespace Mev.Domain.Auctions;

/// <summary>Whether bids landed as often as their bidder said, by seen congestion and altogether.</summary>
public sealed class LandingCalibration
{
    /// <summary>Bands of seen congestion: below -0.5, below 0.6, and above.</summary>
    public const int BandsCount = 3;

    private const int BinsCount = 15;

    private readonly int[,] _bids = new int[BandsCount, BinsCount];
    private readonly int[,] _landed = new int[BandsCount, BinsCount];
    private readonly double[,] _said = new double[BandsCount, BinsCount];

    /// <summary>The band of that seen congestion.</summary>
    public static int BandOf(double congestion) => congestion < -0.5 ? 0 : congestion < 0.6 ? 1 : 2;

    /// <summary>Takes in a bid whose bidder said a probability; others are left out.</summary>
    public void Add(double congestion, AuctionBid bid, AuctionOutcome outcome)
    {
        if (bid.Landing is not { } said) return;
        var row = BandOf(congestion);
        var bin = Math.Clamp((int)(BinsCount * said), 0, BinsCount - 1);
        _bids[row, bin]++;
        _said[row, bin] += said;
        if (outcome.IsLanded) _landed[row, bin]++;
    }

    /// <summary>
    /// Expected calibration error over 15 bins: the mean distance of what was said from what happened, weighted by
    /// bids. Null when nothing was said.
    /// </summary>
    /// <param name="band">Bids of one band of congestion; null for all of them.</param>
    public double? Error(int? band = null)
    {
        var (distance, total) = (0.0, 0);
        for (var bin = 0; bin < BinsCount; bin++)
        {
            var (bids, landed, said) = (0, 0, 0.0);
            for (var row = 0; row < BandsCount; row++)
            {
                if (band is { } only && row != only) continue;
                bids += _bids[row, bin];
                landed += _landed[row, bin];
                said += _said[row, bin];
            }
            total += bids;
            distance += Math.Abs(said - landed);
        }
        return total > 0 ? distance / total : null;
    }
}
