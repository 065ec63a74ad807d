using Mev.Domain.Learning;

namespace Mev.Domain.Auctions;

/// <summary>
/// One bidder in one seed's market. Every bidder of a seed meets the same opportunities; the adaptive rivals answer to
/// what it does. Nothing is learnt before its feedback is due.
/// </summary>
public sealed class AuctionRun
{
    /// <summary>Opportunities of one block of the score.</summary>
    public const int BlockLength = 500;

    private readonly AuctionTerms _terms;
    private readonly IBidder _bidder;
    private readonly SettleAuction _settle;
    private readonly ChanceStream _chances;
    private readonly RivalField _rivals;
    private readonly WinningFractions<int> _fractions = new();
    private readonly PriorityQueue<AuctionFeedback, (double Due, int Id)> _pending = new();
    private readonly List<AuctionTally> _blocks = [];

    /// <summary>A bidder before the first opportunity.</summary>
    /// <param name="seed">Of the market.</param>
    /// <param name="terms">Its terms.</param>
    /// <param name="bidder">The bidder.</param>
    /// <param name="settle">Who settles its bids; null for the law itself.</param>
    public AuctionRun(ulong seed, AuctionTerms terms, IBidder bidder, SettleAuction? settle = null)
    {
        (_terms, _bidder, _settle) = (terms, bidder, settle ?? AuctionOutcome.Of);
        _chances = new ChanceStream(seed, terms);
        _rivals = new RivalField(_chances.PoolEffects);
    }

    /// <summary>The tally of each block of 500 opportunities, the last one perhaps of fewer.</summary>
    public IReadOnlyList<AuctionTally> Blocks => _blocks;

    /// <summary>How the bidder's own probabilities of landing came true.</summary>
    public LandingCalibration Calibration { get; } = new();

    /// <summary>Plays the next opportunities and returns their tally.</summary>
    public AuctionTally Play(int count)
    {
        var total = AuctionTally.Empty;
        for (var i = 0; i < count; i++)
        {
            var one = PlayNext();
            total += one;
            if (_blocks.Count == 0 || _blocks[^1].Offered == BlockLength) _blocks.Add(one);
            else _blocks[^1] += one;
        }
        return total;
    }

    private AuctionTally PlayNext()
    {
        var chance = _chances.Next();
        Hear(chance.AtSeconds);
        var level = _terms.LevelAt(chance.Id);
        var view = new AuctionView
        {
            Chance = chance,
            PoolFraction = _fractions.Of(chance.Pool),
            MarketFraction = _fractions.Market,
            Rivals = _rivals,
            Level = level,
            Terms = _terms,
        };
        var bid = _bidder.Decide(view);
        var price = AuctionPrice.Of(chance, _rivals, level);
        var outcome = _settle(chance, price, bid);
        var paid = outcome.IsLanded ? bid.TipSol : price.BestBidSol;
        _rivals.Learn(paid / chance.ValueSol, chance.Rivals.AsSpan());
        Calibration.Add(chance.Market.Regime, chance.SeenCongestion, bid, outcome);
        Await(view, bid, outcome, price);
        return AuctionTally.Of(chance, bid, outcome);
    }

    private void Hear(double nowSeconds)
    {
        while (_pending.TryPeek(out var feedback, out _) && feedback.DueSeconds <= nowSeconds)
        {
            _pending.Dequeue();
            Learn(feedback);
            _bidder.Learn(feedback);
        }
    }

    /// <summary>Takes in the winner's fraction where it was seen, our own of the true value where we landed.</summary>
    private void Learn(AuctionFeedback feedback)
    {
        var chance = feedback.View.Chance;
        var seen = feedback.Outcome.IsLanded ? feedback.Bid.TipSol / chance.ValueSol : feedback.WinnerFraction;
        if (seen is not { } fraction) return;
        _fractions.Learn(chance.Pool, fraction);
        _fractions.LearnMarket(fraction);
    }

    private void Await(AuctionView view, AuctionBid bid, AuctionOutcome outcome, AuctionPrice price)
    {
        var chance = view.Chance;
        if (chance.NeverDraw < 0.03) return;
        var isSeen = chance.AttributionDraw < 0.8 && outcome.Kind is LearningEventKind.Late
            or LearningEventKind.ValueGuard or LearningEventKind.Outbid or LearningEventKind.Skipped;
        var due = chance.AtSeconds + _terms.DelayFactor * DelaySeconds(chance, outcome.Kind);
        var feedback = new AuctionFeedback
        {
            View = view,
            Bid = bid,
            Outcome = outcome,
            WinnerFraction = isSeen ? price.BestBidSol / chance.SeenValueSol : null,
            DueSeconds = due,
        };
        _pending.Enqueue(feedback, (due, chance.Id));
    }

    private static double DelaySeconds(ContestedChance chance, LearningEventKind kind) => kind switch
    {
        LearningEventKind.Landed => chance.LandedDelaySeconds,
        LearningEventKind.Outbid or LearningEventKind.ValueGuard => 0.5,
        LearningEventKind.Late => 2.0,
        LearningEventKind.Dropped => 30.0,
        _ => 1.0,
    };
}
