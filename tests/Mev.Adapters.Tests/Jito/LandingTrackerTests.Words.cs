using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Jito.Wire;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Microsoft.Extensions.Logging.Abstractions;
using Kind = Mev.Domain.Bundles.LandingEvidenceKind;

namespace Mev.Adapters.Tests.Jito;

/// <summary>What an engine's word is worth: that a simulation failed, that it refused.</summary>
public sealed partial class LandingTrackerTests
{
    [Theory]
    [InlineData(null, OutcomeCause.Unobserved)]
    [InlineData(0L, OutcomeCause.Late)]
    [InlineData(25_000L, OutcomeCause.ValueGuard)]
    [InlineData(25_001L, OutcomeCause.Bug)]
    public void A_failed_simulation_is_judged_by_the_value_recomputed_there(long? value, OutcomeCause cause)
    {
        _value = value is { } lamports ? new Lamports(lamports) : null;
        Open(1);
        _tracker.Saw(new Slot(44));
        _tracker.Observe(new BundleResult
        {
            BundleId = Submissions.Signed(1).Id.ToString(),
            Rejected = new Rejected { SimulationFailure = new SimulationFailure { TxSignature = "x" } },
        });
        _time.Advance(_options.SettleDelay);
        _tracker.Settle();
        var outcome = Assert.Single(Outcomes());
        Assert.Equal((cause, new Slot(44)), (outcome.Cause, outcome.Slot));
        Assert.Equal(cause == OutcomeCause.Bug ? 1 : 0, _counts.Count(JitoAlert.Fault));
    }

    [Fact]
    public void A_fault_is_told_with_the_words_of_the_engine()
    {
        const string Words = "Error processing Instruction 3: InvalidAccountData";
        var options = new JitoOptions { FaultsMax = 1 };
        var alerts = new JitoAlerts(_counts, NullLogger.Instance);
        var breaker = new FaultBreaker(options, alerts);
        var tracker = new LandingTracker(options, (_, _) => null, _counts, alerts, _time, breaker: breaker);
        tracker.TryOpen(Submissions.Signed(1), Labels);
        tracker.Observe(new BundleResult
        {
            BundleId = Submissions.Signed(1).Id.ToString(),
            Rejected = new Rejected { SimulationFailure = new SimulationFailure { TxSignature = "x", Msg = Words } },
        });
        _time.Advance(options.SettleDelay);
        tracker.Settle();
        Assert.EndsWith($"Bug: {Words}", breaker.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Error processing Instruction 3: InvalidAccountData", OutcomeCause.Bug)]
    [InlineData("Error processing Instruction 3: invalid account data for instruction", OutcomeCause.Bug)]
    [InlineData("Error processing Instruction 2: custom program error: 0x7d1", OutcomeCause.Bug)] // ConstraintHasOne
    [InlineData("custom program error: 0xbbf", OutcomeCause.Bug)] // AccountOwnedByWrongProgram
    [InlineData("custom program error: 0xbbd", OutcomeCause.Unobserved)] // AccountNotEnoughKeys
    [InlineData("custom program error: 0x9c9: RequireGtViolated", OutcomeCause.Unobserved)]
    [InlineData("Error processing Instruction 2: custom program error: 0x1794", OutcomeCause.Unobserved)] // slippage
    [InlineData("custom program error: 0xfffffffff", OutcomeCause.Unobserved)] // no number of a program
    [InlineData("Error processing Instruction 2: Computational budget exceeded", OutcomeCause.Unobserved)]
    [InlineData("Error processing Instruction 2: ProgramFailedToComplete", OutcomeCause.Unobserved)]
    [InlineData("Transaction loads an address table account that doesn't exist", OutcomeCause.TableChanged)]
    [InlineData("", OutcomeCause.Unobserved)]
    public void The_text_of_a_failed_simulation_names_what_no_market_explains(string text, OutcomeCause cause) =>
        Assert.Equal(cause, SimulationText.CauseOf(text));

    /// <summary>The feed comes to the slot after the result, or shows later in it who was before us.</summary>
    [Theory]
    [InlineData(null, 0L, OutcomeCause.Late)]
    [InlineData(null, 25_001L, OutcomeCause.Bug)]
    [InlineData(25_001L, 10L, OutcomeCause.ValueGuard)]
    [InlineData(25_001L, null, OutcomeCause.Bug)]
    public void What_a_failed_chance_was_worth_is_asked_until_it_is_told(long? first, long? then, OutcomeCause cause)
    {
        _value = first is { } early ? new Lamports(early) : null;
        Open(1);
        Observe(1, Kind.SimulationFailed);
        _value = then is { } late ? new Lamports(late) : null;
        _time.Advance(_options.SettleDelay);
        _tracker.Settle();
        Assert.Equal(cause, Assert.Single(Outcomes()).Cause);
        _value = Lamports.Zero; // of a state that has nothing to do with it any more
        _time.Advance(_options.SettleDelay);
        _tracker.Settle();
        Assert.Empty(Outcomes());
        Assert.Equal(cause, _tracker.VerdictOf(Submissions.Opportunity(1))!.Cause);
    }

    [Fact]
    public async Task What_was_refused_for_its_rate_and_landed_all_the_same_is_seen_and_what_did_not_expires()
    {
        foreach (var number in new[] { 1, 2 })
        {
            Open(number);
            _tracker.Sent(Submissions.Signed(number));
            _tracker.Observe(
                Submissions.Opportunity(number),
                new LandingEvidence { Kind = Kind.Refused, AtMs = NowMs, Cause = OutcomeCause.RateLimited });
        }
        await Look(3);
        Assert.Equal(
            [OutcomeCause.RateLimited, OutcomeCause.RateLimited], Outcomes().Select(outcome => outcome.Cause));
        Assert.Equal(2, _tracker.Open().Count); // the chain is asked until it has decided
        OnChain(1, SlotStatus.Finalized);
        Assert.Equal(BundleOutcomeKind.Landed, Assert.Single(Outcomes()).Kind);
        Expire(2);
        Assert.Empty(Outcomes()); // that it was refused was told
        Assert.Empty(_tracker.Open());
    }
}
