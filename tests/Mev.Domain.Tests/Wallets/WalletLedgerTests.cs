using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Domain.Wallets;

namespace Mev.Domain.Tests.Wallets;

public sealed class WalletLedgerTests
{
    private const long DayMs = 86_400_000;

    private static readonly OpportunityId First = new(Digest.Of("first"u8));
    private static readonly OpportunityId Second = new(Digest.Of("second"u8));

    [Fact]
    public void Open_intents_reserve_input_tip_and_fee()
    {
        var ledger = new WalletLedger().Reserve(Reservation(First)).Reserve(Reservation(Second));
        Assert.Equal((new TokenAmount(2_000), new Lamports(2 * 105)), (ledger.AmountIn, ledger.Cost));
        Assert.Equal(ledger.Open, ledger.Reserve(Reservation(First)).Open);
    }

    [Theory]
    [InlineData(BundleOutcomeKind.Landed, OutcomeCause.Landed, 85)]
    [InlineData(BundleOutcomeKind.Expired, OutcomeCause.Unobserved, 0)]
    [InlineData(BundleOutcomeKind.Expired, OutcomeCause.Outbid, 0)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain, 5)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.NotSent, 0)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.NotSigned, 0)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.NoTurn, 0)]
    public void Proof_releases_and_books_what_was_paid(BundleOutcomeKind kind, OutcomeCause cause, long spent)
    {
        var ledger = new WalletLedger().Reserve(Reservation(First)).Settle(Outcome(First, kind, cause));
        ledger = ledger.BalanceKnown(new Slot(50));
        Assert.Empty(ledger.Open);
        Assert.Equal(new Lamports(spent), ledger.SpentToday);
        Assert.Empty(ledger.Reserve(Reservation(First)).Open); // told late, it is not reserved again
    }

    [Theory]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.Outbid)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.Late)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.Engine)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.NoLeader)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.Bug)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.RateLimited)]
    [InlineData(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved)]
    public void The_word_of_an_engine_releases_nothing(BundleOutcomeKind kind, OutcomeCause cause)
    {
        var ledger = new WalletLedger().Reserve(Reservation(First)).Settle(Outcome(First, kind, cause));
        Assert.True(Assert.Single(ledger.Open).Value.IsDoubtful);
        Assert.Equal(new Lamports(105), ledger.Cost);
        Assert.Empty(ledger.Without(First).Open);
    }

    [Fact]
    public void A_landing_that_nobody_saw_is_booked_with_all_that_it_could_cost()
    {
        var outcome = Outcome(First, BundleOutcomeKind.Landed, OutcomeCause.Landed) with
        {
            TipPaid = Lamports.Zero,
            IsUnseen = true,
        };
        Assert.Equal(new Lamports(105), new WalletLedger().Reserve(Reservation(First)).Settle(outcome).SpentToday);
    }

    [Fact]
    public void A_landing_stays_reserved_until_the_balance_is_of_its_slot()
    {
        var landed = new WalletLedger().Reserve(Reservation(First))
            .Settle(Outcome(First, BundleOutcomeKind.Landed, OutcomeCause.Landed));
        Assert.Single(landed.BalanceKnown(new Slot(49)).Open);
        Assert.Empty(landed.BalanceKnown(new Slot(50)).Open);
        Assert.Equal(
            landed.SpentToday,
            landed.Settle(Outcome(First, BundleOutcomeKind.Landed, OutcomeCause.Landed)).SpentToday);
    }

    [Fact]
    public void A_new_day_begins_with_nothing_spent_and_open_ones_reserved()
    {
        var ledger = new WalletLedger().Reserve(Reservation(First)).Reserve(Reservation(Second))
            .Settle(Outcome(First, BundleOutcomeKind.Landed, OutcomeCause.Landed)).BalanceKnown(new Slot(50));
        var later = ledger.On(ledger.Day + 1);
        Assert.Equal((new Lamports(85), Lamports.Zero), (ledger.SpentToday, later.SpentToday));
        Assert.Single(later.Open);
        Assert.Equal(later.Day, later.On(later.Day - 1).Day); // a clock that runs backwards gives no cap back
    }

    [Theory]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.NotSent)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.Outbid)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain)]
    [InlineData(BundleOutcomeKind.Expired, OutcomeCause.Unobserved)]
    [InlineData(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved)]
    public void A_landing_told_after_another_outcome_is_paid_and_stays_reserved_until_the_balance_has_it(
        BundleOutcomeKind kind, OutcomeCause cause)
    {
        var told = new WalletLedger().Reserve(Reservation(First)).Settle(Outcome(First, kind, cause));
        var landing = Outcome(First, BundleOutcomeKind.Landed, OutcomeCause.Landed);
        var landed = told.Correct(landing);
        Assert.Equal((new Lamports(85), new Lamports(105)), (landed.SpentToday, landed.Cost));
        Assert.Equal(landed.SpentToday, landed.Correct(landing).SpentToday);
        Assert.Empty(landed.BalanceKnown(new Slot(50)).Open);
    }

    [Theory]
    [InlineData(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved, 0, true)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.Outbid, 0, true)]
    [InlineData(BundleOutcomeKind.Expired, OutcomeCause.Unobserved, 0, false)]
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain, 5, false)]
    public void A_landing_whose_fork_died_is_not_paid_and_reserved_again_until_there_is_proof(
        BundleOutcomeKind kind, OutcomeCause cause, long spent, bool isReserved)
    {
        var landed = new WalletLedger().Reserve(Reservation(First))
            .Settle(Outcome(First, BundleOutcomeKind.Landed, OutcomeCause.Landed));
        foreach (var ledger in new[] { landed, landed.BalanceKnown(new Slot(50)) })
        {
            var corrected = ledger.Correct(Outcome(First, kind, cause));
            Assert.Equal(new Lamports(spent), corrected.SpentToday);
            Assert.Equal(new Lamports(isReserved ? 105 : 0), corrected.Cost);
            Assert.Equal(isReserved, corrected.Open.Values.Any(open => open.IsDoubtful && open.LandedIn is null));
            Assert.Equal(corrected.SpentToday, corrected.Correct(Outcome(First, kind, cause)).SpentToday);
            var again = corrected.Correct(Outcome(First, BundleOutcomeKind.Landed, OutcomeCause.Landed));
            Assert.Equal(new Lamports(85), again.SpentToday);
        }
    }

    [Fact]
    public void No_day_gets_back_what_another_one_spent()
    {
        var landed = new WalletLedger().Reserve(Reservation(First)).Reserve(Reservation(Second))
            .Settle(Outcome(First, BundleOutcomeKind.Landed, OutcomeCause.Landed));
        var later = landed.On(landed.Day + 1);
        later = later.Settle(Outcome(Second, BundleOutcomeKind.Landed, OutcomeCause.Landed) with
        {
            ObservedMs = later.Day * DayMs,
        });
        Assert.Equal(
            later.SpentToday,
            later.Correct(Outcome(First, BundleOutcomeKind.Unknown, OutcomeCause.Unobserved)).SpentToday);
    }

    [Fact]
    public void What_was_settled_is_kept_for_corrections_until_none_can_come_and_not_beyond_the_day()
    {
        var settled = new WalletLedger().Reserve(Reservation(First))
            .Settle(Outcome(First, BundleOutcomeKind.Expired, OutcomeCause.Unobserved));
        var last = 7 + WalletLedger.RevocableBlocks;
        Assert.Single(settled.FinalAt(0).FinalAt(last).Revocable);
        Assert.Empty(settled.FinalAt(last + 1).Revocable);
        Assert.Empty(settled.On(settled.Day + 1).Revocable);
        var forgotten = settled.FinalAt(last + 1);
        Assert.Same(forgotten, forgotten.Correct(Outcome(First, BundleOutcomeKind.Landed, OutcomeCause.Landed)));
    }

    [Fact]
    public void One_that_is_final_untold_counts_as_spent_with_all_it_may_cost_until_it_is_told()
    {
        var told = new WalletLedger().Reserve(Reservation(First)).On(10)
            .Settle(Outcome(First, BundleOutcomeKind.Refused, OutcomeCause.Outbid));
        var ended = told.WithoutFinal(First);
        Assert.Empty(ended.Open);
        Assert.Equal((new Lamports(105), Lamports.Zero), (ended.SpentToday, ended.Cost));
        Assert.Equal(ended, ended.WithoutFinal(First)); // once
        var landed = ended.Correct(Outcome(First, BundleOutcomeKind.Landed, OutcomeCause.Landed));
        Assert.Equal(new Lamports(85), landed.SpentToday);
    }

    private static WalletReservation Reservation(OpportunityId id) => new()
    {
        Opportunity = id,
        AmountIn = new TokenAmount(1_000),
        Cost = new Lamports(105),
        Fee = new Lamports(5),
        LastValidBlockHeight = 7,
    };

    private static BundleOutcome Outcome(OpportunityId id, BundleOutcomeKind kind, OutcomeCause cause) => new()
    {
        Opportunity = id,
        Kind = kind,
        Cause = cause,
        Slot = new Slot(50),
        Realised = Lamports.Zero,
        TipPaid = kind == BundleOutcomeKind.Landed ? new Lamports(80) : Lamports.Zero,
        Cursor = default,
        ObservedMs = 10 * DayMs + 5,
    };
}
