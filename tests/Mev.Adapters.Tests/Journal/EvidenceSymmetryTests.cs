using Mev.Domain.Auctions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Journal.Strategies;

namespace Mev.Adapters.Tests.Journal;

/// <summary>
/// A strategy's belief in the simulated market, whose losses become invisible at half time. A simulator with assumed
/// rivals: no figure here forecasts mainnet.
/// </summary>
public sealed class EvidenceSymmetryTests
{
    private const int Half = 4_000;
    private static readonly ulong[] Seeds = [60_000, 60_001, 60_002];

    [Fact]
    public void When_losses_are_hidden_it_alerts_then_freezes_and_lands_as_before()
    {
        var (before, after) = Played(seed => new Strategy(seed, SaysLosses: true));
        Assert.InRange(after, before - 0.05, before + 0.05);
    }

    [Fact]
    public void A_learner_that_hears_of_wins_alone_bids_ever_less()
    {
        var (before, after) = Played(seed => new Strategy(seed, SaysLosses: false));
        Assert.True(after < before - 0.15, $"{before:P1} before, {after:P1} after");
    }

    private static (double Before, double After) Played(Func<ulong, Strategy> create)
    {
        var (before, after) = (0, 0);
        foreach (var seed in Seeds)
        {
            var strategy = create(seed);
            var run = new AuctionRun(seed, new AuctionTerms(), strategy);
            run.Play(Half / 2);
            before += run.Play(Half / 2).Landed;
            Assert.Equal((false, false), (strategy.WasAlert, strategy.WasFrozen));
            strategy.AreLossesHidden = true;
            run.Play(Half / 2);
            after += run.Play(Half / 2).Landed;
            Assert.Equal((strategy.SaysLosses, strategy.SaysLosses), (strategy.WasAlert, strategy.WasFrozen));
        }
        double offered = Seeds.Length * Half / 2;
        return (before / offered, after / offered);
    }

    /// <param name="Seed">The epoch of its draws.</param>
    /// <param name="SaysLosses">Whether the belief hears of a loss at all when its cause is hidden.</param>
    private sealed record Strategy(ulong Seed, bool SaysLosses) : IBidder
    {
        private readonly StrategyBelief _belief = new(new StrategyParameters
        {
            Id = "arb-1", Epoch = Seed, Sampler = SamplerKind.Factored,
        });

        public bool AreLossesHidden { get; set; }

        public bool WasAlert { get; private set; }

        public bool WasFrozen { get; private set; }

        public AuctionBid Decide(in AuctionView view)
        {
            var (value, around) = (ValueOf(view), Around(view));
            var choice = _belief.Sampler.Choose(
                new ChoiceContext
                {
                    Value = value,
                    TipFloor = Arm.TipMin,
                    TipCap = value,
                    FastRouteCost = new Lamports(100_000),
                    Features = around.FeaturesOf(value),
                    SurvivalBin = around.SurvivalBin,
                },
                new DrawStream(_belief.Key, (ulong)view.Chance.Id));
            return choice.IsSkip
                ? AuctionBid.Skip
                : new AuctionBid(
                    choice.Arm.Route, choice.Arm.TipBasisPoints / 1e4, choice.Tip.Value / 1e9, choice.Index);
        }

        public void Learn(AuctionFeedback feedback)
        {
            if (feedback.Bid.IsSkip) return; // the product hears of none either
            var isHidden = AreLossesHidden && !feedback.Outcome.IsLanded;
            if (isHidden && !SaysLosses) return;
            var value = ValueOf(feedback.View);
            _belief.Learn(Outcome(feedback, value, isHidden), Intent(feedback, value), offset: 0);
            WasAlert |= _belief.Evidence.IsAlert;
            WasFrozen |= _belief.Evidence.IsFrozen;
        }

        private static OpenIntent Intent(AuctionFeedback feedback, Lamports value) => new()
        {
            Opportunity = default,
            Offset = 0,
            Arm = feedback.Bid.Arm,
            Value = value,
            Surroundings = Around(feedback.View),
        };

        private static BundleOutcome Outcome(AuctionFeedback feedback, Lamports value, bool isHidden) => new()
        {
            Opportunity = default(OpportunityId),
            Kind = feedback.Outcome.IsLanded ? BundleOutcomeKind.Landed
                : isHidden || feedback.Outcome.Kind == LearningEventKind.Dropped ? BundleOutcomeKind.Expired
                : BundleOutcomeKind.Refused,
            Cause = isHidden ? OutcomeCause.Unobserved : CauseOf(feedback.Outcome.Kind),
            Slot = default,
            Realised = new Lamports(feedback.Outcome.IsLanded ? (long)(1e9 * feedback.View.Chance.ValueSol) : 0),
            TipPaid = new Lamports(feedback.Outcome.IsLanded ? (long)(1e9 * feedback.Bid.TipSol) : 0),
            WinnerTip = feedback.WinnerFraction is { } winner && !isHidden
                ? new Lamports((long)(winner * value.Value))
                : null,
            Cursor = default,
            ObservedMs = feedback.AtMs,
        };

        private static OutcomeCause CauseOf(LearningEventKind kind) => kind switch
        {
            LearningEventKind.Landed => OutcomeCause.Landed,
            LearningEventKind.Outbid => OutcomeCause.Outbid,
            LearningEventKind.Late => OutcomeCause.Late,
            LearningEventKind.ValueGuard => OutcomeCause.ValueGuard,
            _ => OutcomeCause.Dropped,
        };

        private static Lamports ValueOf(in AuctionView view) => new((long)Math.Round(1e9 * view.Chance.SeenValueSol));

        private static Surroundings Around(in AuctionView view) => new()
        {
            Congestion = Math.Clamp(view.Chance.SeenCongestion, -4.0, 4.0),
            IsYoung = view.Chance.IsYoung,
            SlotPosition = view.Chance.SlotPosition,
            PoolFraction = Math.Min(view.PoolFraction, 1.2),
            MarketFraction = Math.Min(view.MarketFraction, 1.2),
        };
    }
}
