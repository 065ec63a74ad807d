using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;

namespace Mev.Domain.Tests.Decisions;

public sealed class StrategyTallyTests
{
    private static readonly BundleOutcomeKind[] Kinds = Enum.GetValues<BundleOutcomeKind>();

    [Fact]
    public void A_corrected_outcome_leaves_what_the_last_one_alone_would_have_made()
    {
        foreach (var (first, last) in Kinds.SelectMany(first => Kinds.Select(last => (first, last))))
        {
            Assert.True(new StrategyTally { Landed = 5, Realised = new(70) }.TryAdd(Of(first, 100, 10), out var told));
            Assert.True(told.TryCorrect(Of(first, 100, 10), Of(last, 40, 4), out var corrected));

            new StrategyTally { Landed = 5, Realised = new(70) }.TryAdd(Of(last, 40, 4), out var alone);
            Assert.Equal(alone with { Corrections = 1 }, corrected);
        }
    }

    [Fact]
    public void What_cannot_have_been_counted_is_not_taken_back()
    {
        var tally = new StrategyTally { Refused = 1 };
        var landed = Of(BundleOutcomeKind.Landed, 1, 1);
        Assert.False(tally.TryCorrect(landed, landed, out var same));
        Assert.Equal(tally, same);
        var impossible = Of(BundleOutcomeKind.Landed, long.MinValue, 0);
        Assert.False((tally with { Landed = 1 }).TryCorrect(impossible, landed, out _));
    }

    [Fact]
    public void What_failed_on_the_chain_costs_its_fee_and_a_loss_that_is_only_reckoned_nothing()
    {
        var tally = new StrategyTally();
        var landed = Outcome(BundleOutcomeKind.Landed, OutcomeCause.Landed, 90_000, tip: 30_000);
        Assert.True(tally.TryAdd(landed, out tally));
        Assert.True(tally.TryAdd(Outcome(BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain, -5_000), out tally));
        Assert.True(tally.TryAdd(Outcome(BundleOutcomeKind.Refused, OutcomeCause.Late, -70_000), out tally));
        Assert.Equal((1L, 2L, new Lamports(55_000)), (tally.Landed, tally.Refused, tally.Net));
    }

    [Fact]
    public void Outcomes_are_equal_by_what_they_say_of_tokens()
    {
        var one = Outcome(BundleOutcomeKind.Landed, OutcomeCause.Landed, 1) with { Tokens = Tokens(7) };
        Assert.Equal(one, one with { Tokens = Tokens(7) });
        Assert.NotEqual(one, one with { Tokens = Tokens(8) });
        Assert.NotEqual(one, one with { Tokens = default });
        Assert.Empty(default(TokenChanges).Items);
        Assert.True(default(TokenChanges) == new TokenChanges([]));
    }

    private static TokenChanges Tokens(long units) => new([new TokenChange(Mints.Wsol, Mints.Wsol, units)]);

    private static BundleOutcome Of(BundleOutcomeKind kind, long realised, long tip) =>
        Outcome(kind, CauseOf(kind), realised, tip);

    /// <summary>A cause whose amounts count, where the kind has one.</summary>
    private static OutcomeCause CauseOf(BundleOutcomeKind kind) =>
        kind == BundleOutcomeKind.Refused ? OutcomeCause.FailedOnChain : OutcomeCause.Unobserved;

    private static BundleOutcome Outcome(
        BundleOutcomeKind kind, OutcomeCause cause, long realised, long tip = 0) => new()
        {
            Opportunity = default,
            Kind = kind,
            Cause = cause,
            Slot = new Slot(1),
            Realised = new Lamports(realised),
            TipPaid = new Lamports(tip),
            Cursor = default,
            ObservedMs = 1,
        };
}
