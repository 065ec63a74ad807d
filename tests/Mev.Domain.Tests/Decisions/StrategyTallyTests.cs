using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;

namespace Mev.Domain.Tests.Decisions;

public sealed class StrategyTallyTests
{
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
