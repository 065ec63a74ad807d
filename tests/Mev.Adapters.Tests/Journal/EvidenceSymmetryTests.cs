using Mev.Domain.Auctions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Journal.Strategies;

namespace Mev.Adapters.Tests.Journal;

/// <summary>
/// A strategy's belief in the simulated market, whose losses become invisible at half time. How much lands then is
/// compared with the same strategy on the same opportunities whose losses stay visible: the market's own regimes move
/// the rate by more than the bound. A simulator with assumed rivals: no figure here forecasts mainnet.
/// </summary>
public sealed class EvidenceSymmetryTests
{
    private const int Quarter = 2_000;
    private static readonly ulong[] Seeds = [60_000, 60_001, 60_002, 60_003, 60_004, 60_005];

    [Fact]
    public void When_losses_are_hidden_it_alerts_then_freezes_and_lands_as_with_them()
    {
        var (seen, hidden) = Played(saysLosses: true);
        TestContext.Current.TestOutputHelper?.WriteLine($"{seen:P1} seen, {hidden:P1} hidden");
        Assert.InRange(hidden, seen - 0.05, seen + 0.05);
    }

    [Fact]
    public void A_learner_that_hears_of_wins_alone_bids_ever_less()
    {
        var (seen, hidden) = Played(saysLosses: false);
        Assert.True(hidden < seen - 0.15, $"{seen:P1} seen, {hidden:P1} hidden");
    }

    /// <summary>Landed of offered in the last quarter.</summary>
    private static (double Seen, double Hidden) Played(bool saysLosses)
    {
        var (seen, hidden) = (0, 0);
        foreach (var seed in Seeds)
        {
            seen += Landed(new Strategy(seed, saysLosses), areLossesHidden: false);
            var strategy = new Strategy(seed, saysLosses);
            hidden += Landed(strategy, areLossesHidden: true);
            Assert.Equal((saysLosses, saysLosses), (strategy.WasAlert, strategy.WasFrozen));
        }
        double offered = Seeds.Length * Quarter;
        return (seen / offered, hidden / offered);
    }

    private static int Landed(Strategy strategy, bool areLossesHidden)
    {
        var run = new AuctionRun(strategy.Seed, new AuctionTerms(), strategy);
        run.Play(2 * Quarter);
        Assert.Equal((false, false), (strategy.WasAlert, strategy.WasFrozen));
        strategy.AreLossesHidden = areLossesHidden;
        run.Play(Quarter);
        return run.Play(Quarter).Landed;
    }

    /// <param name="Seed">The epoch of its draws.</param>
    /// <param name="SaysLosses">Whether the belief hears of a loss at all when its cause is hidden.</param>
    private sealed record Strategy(ulong Seed, bool SaysLosses) : IBidder
    {
        private readonly StrategyBelief _belief = new(new StrategyParameters
        {
            Id = "arb-1",
            Epoch = Seed,
            Sampler = SamplerKind.Factored,
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
