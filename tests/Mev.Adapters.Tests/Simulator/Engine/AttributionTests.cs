using Mev.Adapters.Jito.Landing;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>Who took a chance of ours, seen on the simulator's chain by the platform's own sender and feed.</summary>
public sealed class AttributionTests
{
    private const long Tip = 100_000;

    [Fact]
    public async Task Behind_a_higher_bid_in_our_tick_is_seen_with_its_tip_and_teaches_the_winning_bid()
    {
        await using var run = await SenderRun.Start();
        var chance = await run.Chance();
        var ours = run.Submission(chance, Tip);
        await run.Submit(ours);
        var theirs = await run.Rival(chance, 3 * Tip);
        await run.NextSlot();
        var outcome = await run.Outcome();
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.Outbid), (outcome.Kind, outcome.Cause));
        var winner = outcome.Winner!;
        Assert.Equal(
            (theirs.Id.ToString(), new Lamports(3 * Tip), false), (winner.Signature, winner.Tip, winner.IsAhead));
        Assert.Equal(winner.Bid, outcome.WinnerTip);
        Assert.Equal(SignedBundle.Read(ours).Units, winner.Units); // the same transaction of another wallet
        Assert.Equal(new Lamports(3 * Tip), winner.Bid);
        Assert.Equal(CompetitorView.Behind, CompetitorViews.Of(outcome, ours.Tip));
        Assert.Equal(LearningEventKind.Outbid, LearningEvidence.KindOf(outcome.Kind, outcome.Cause));
    }

    [Fact]
    public async Task Ahead_who_landed_before_our_first_byte_left_won_by_speed()
    {
        await using var run = await SenderRun.Start();
        var chance = await run.Chance();
        var ours = run.Submission(chance, Tip); // decided, and held up
        var theirs = await run.Rival(chance, Tip / 2);
        await run.NextTick(theirs);
        await run.Submit(ours);
        await run.NextSlot();
        var outcome = await run.Outcome();
        // by what the feed's pools leave of it
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.Late), (outcome.Kind, outcome.Cause));
        Assert.Equal(LearningEventKind.Late, LearningEvidence.KindOf(outcome.Kind, outcome.Cause));
        Assert.Equal((theirs.Id.ToString(), true), (outcome.Winner?.Signature, outcome.Winner?.IsAhead));
        Assert.Equal(CompetitorView.Ahead, CompetitorViews.Of(outcome, ours.Tip));
    }

    [Fact]
    public async Task A_chance_that_is_there_and_fails_is_a_fault_of_ours_and_five_end_sending()
    {
        await using var run = await SenderRun.Start();
        var chance = await run.Chance();
        for (var number = 0; number < new Mev.Adapters.Jito.JitoOptions().FaultsMax; number++)
        {
            Assert.Null(run.Sender.BreakerReason);
            await run.Submit(run.Misdirected(chance, Tip + number));
            run.Engine.Simulator.Ticks.Next();
            var outcome = await run.Outcome();
            Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.Bug), (outcome.Kind, outcome.Cause));
            Assert.Null(LearningEvidence.KindOf(outcome.Kind, outcome.Cause));
        }
        Assert.Contains("Bug", run.Sender.BreakerReason);
    }

    [Fact]
    public async Task Missed_what_never_left_is_counted_when_somebody_takes_it()
    {
        await using var run = await SenderRun.Start();
        run.IsPermitted = false;
        var chance = await run.Chance();
        var ours = run.Submission(chance, Tip);
        await run.Sender.Submit(ours);
        var outcome = await run.Outcome();
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.NotSent), (outcome.Kind, outcome.Cause));
        Assert.Equal(0, run.Counts.Count(CompetitorView.Unseen));
        await run.Rival(chance, Tip / 2);
        await run.NextSlot();
        Assert.Equal(1, run.Counts.Count(CompetitorView.Missed));
        Assert.Equal(OutcomeCause.NotSent, (await run.Outcome()) is { Winner: not null } told ? told.Cause : default);
    }

    [Fact]
    public async Task A_winner_that_the_stream_brings_after_the_outcome_was_told_corrects_it()
    {
        await using var run = await SenderRun.Start();
        var chance = await run.Chance();
        run.Engine.Region.Switches = new() { Rejects = Mev.Simulator.BlockEngine.RejectionRow.StateAuction };
        await run.Submit(run.Submission(chance, Tip));
        run.Engine.Simulator.Ticks.Next();
        var told = await run.Outcome();
        Assert.Equal((OutcomeCause.Outbid, (AttributedWinner?)null), (told.Cause, told.Winner));
        run.Engine.Region.Switches = new();
        var theirs = await run.Rival(chance, 3 * Tip);
        await run.NextSlot();
        var named = await run.Outcome();
        Assert.Equal((OutcomeCause.Outbid, theirs.Id.ToString()), (named.Cause, named.Winner?.Signature));
        Assert.True(named.Corrects(told));
        Assert.Equal(1, run.Counts.Count(CompetitorView.Behind));
    }

    [Fact]
    public async Task Who_takes_what_we_let_pass_is_seen_with_the_bid_that_teaches()
    {
        await using var run = await SenderRun.Start();
        var chance = await run.Chance();
        var ours = run.Submission(chance, Tip); // built to compare with, and never sent
        Assert.True(run.Chances.TryWatch(new SkippedChance
        {
            Opportunity = ours.Opportunity,
            Hops = [.. ours.Hops.Zip(
                chance.Hops, (hop, sized) => hop with { TicksCrossed = sized.Amounts.TicksCrossed })],
            Fee = ours.Fee,
            Seen = ours.Seen,
        }));
        var theirs = await run.Rival(chance, 3 * Tip);
        await run.NextSlot();
        Assert.True(run.Chances.Taken.TryRead(out var taken));
        Assert.Equal((ours.Opportunity, theirs.Id.ToString()), (taken.Opportunity, taken.Winner.Signature));
        Assert.Equal(new Lamports(3 * Tip), taken.Winner.Bid); // the units that our message asks for, to the unit
    }

    [Fact]
    public async Task Unseen_where_nobody_took_it()
    {
        await using var run = await SenderRun.Start();
        run.Engine.Region.Switches = new() { Rejects = Mev.Simulator.BlockEngine.RejectionRow.StateAuction };
        var ours = run.Submission(await run.Chance(), Tip);
        await run.Submit(ours);
        await run.NextSlot();
        var outcome = await run.Outcome();
        Assert.Equal((OutcomeCause.Outbid, (AttributedWinner?)null), (outcome.Cause, outcome.Winner));
        Assert.Equal(CompetitorView.Unseen, CompetitorViews.Of(outcome, ours.Tip));
    }

    [Fact]
    public async Task A_table_that_goes_between_building_and_landing_is_a_cause_of_its_own_and_nothing_goes_again()
    {
        await using var run = await SenderRun.Start();
        var chance = await run.Chance();
        var ours = run.Submission(chance, Tip);
        var lookups = Mev.Adapters.Solana.Transactions.MessageBytes.Read(ours.Message.Span, out _)!.Lookups;
        await run.Submit(ours);
        TableTests.Deactivate(run.Engine.Chain, lookups[0].Table);
        await run.NextSlot();
        var outcome = await run.Outcome();
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.TableChanged), (outcome.Kind, outcome.Cause));
        Assert.Null(LearningEvidence.KindOf(outcome.Kind, outcome.Cause));
        await run.Sender.Submit(ours); // whoever resumes asks again
        Assert.Equal(1, run.Counts.Repeated);
        await run.NextSlot();
        Assert.False(run.Sender.Outcomes.TryRead(out _));
        lock (run.Engine.Chain.Gate)
            Assert.Null(run.Engine.Chain.Signatures.Find(SignedBundle.Read(ours).Signature));
    }
}
