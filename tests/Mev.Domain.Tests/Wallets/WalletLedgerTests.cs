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
    [InlineData(BundleOutcomeKind.Refused, OutcomeCause.RateLimited, 0)]
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
    [InlineData(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved)]
    public void The_word_of_an_engine_releases_nothing(BundleOutcomeKind kind, OutcomeCause cause)
    {
        var ledger = new WalletLedger().Reserve(Reservation(First)).Settle(Outcome(First, kind, cause));
        Assert.True(Assert.Single(ledger.Open).Value.IsDoubtful);
        Assert.Equal(new Lamports(105), ledger.Cost);
        Assert.Empty(ledger.Without(First).Open);
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
