using Mev.Domain.Chain;
using Mev.Domain.Wallets;

namespace Mev.Domain.Tests.Wallets;

public sealed class TreasuryLedgerTests
{
    private static readonly Digest Command = Digest.Of("command"u8);
    private static readonly Lamports Cost = new(1_000);

    [Fact]
    public void An_order_counts_on_its_day_and_once_its_bytes_may_leave_on_the_day_of_that()
    {
        var ordered = new TreasuryLedger().With(Command, Digest.Of("message"u8), Cost, day: 10);
        Assert.Equal((Cost, Lamports.Zero), (Spent(ordered, 10), Spent(ordered, 11)));
        var left = ordered.With(Command, Attempt(1), day: 11);
        Assert.Equal((Lamports.Zero, Cost), (Spent(left, 10), Spent(left, 11)));
        var again = left.With(Command, Attempt(2), day: 12); // the first one stays
        Assert.Equal((Cost, Lamports.Zero), (Spent(again, 11), Spent(again, 12)));
    }

    private static Lamports Spent(TreasuryLedger ledger, long day) => ledger.SpentOn(day, except: default);

    private static TreasuryAttempt Attempt(byte number) => new(
        TransactionSignature.From(Enumerable.Repeat(number, TransactionSignature.Length).ToArray()), 7);
}
