namespace Mev.Domain.Auctions;

/// <summary>Whether bids landed as often as their bidder said, in each regime and altogether.</summary>
public sealed class LandingCalibration
{
    private const int BinsCount = 15;
    private static readonly MarketRegime[] Regimes = [MarketRegime.Calm, MarketRegime.Normal, MarketRegime.War];

    private readonly int[,] _bids = new int[Regimes.Length, BinsCount];
    private readonly int[,] _landed = new int[Regimes.Length, BinsCount];
    private readonly double[,] _said = new double[Regimes.Length, BinsCount];

    /// <summary>Takes in a bid whose bidder said a probability; others are left out.</summary>
    public void Add(MarketRegime regime, AuctionBid bid, AuctionOutcome outcome)
    {
        if (bid.Landing is not { } said) return;
        var row = Array.IndexOf(Regimes, regime);
        var bin = Math.Clamp((int)(BinsCount * said), 0, BinsCount - 1);
        _bids[row, bin]++;
        _said[row, bin] += said;
        if (outcome.IsLanded) _landed[row, bin]++;
    }

    /// <summary>
    /// Expected calibration error over 15 bins: the mean distance of what was said from what happened, weighted by
    /// bids. Null when nothing was said.
    /// </summary>
    /// <param name="regime">Bids of one regime; null for all of them.</param>
    public double? Error(MarketRegime? regime = null)
    {
        var (distance, total) = (0.0, 0);
        for (var bin = 0; bin < BinsCount; bin++)
        {
            var (bids, landed, said) = (0, 0, 0.0);
            for (var row = 0; row < Regimes.Length; row++)
            {
                if (regime is { } only && Regimes[row] != only) continue;
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
