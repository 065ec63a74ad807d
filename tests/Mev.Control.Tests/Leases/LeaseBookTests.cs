using Mev.Domain.Chain;
using Mev.Domain.Limits.Leases;

namespace Mev.Control.Tests.Leases;

public sealed class LeaseBookTests
{
    private const long End = 10_000;

    [Fact]
    public void What_is_spent_and_what_is_out_stay_within_the_limit()
    {
        var book = Book(100).Taking(Grant(1, 60));

        Assert.Null(book.Apply(Grant(2, 41)));
        book = book.Taking(Grant(2, 40));
        Assert.Equal(Lamports.Zero, book.Left);
        book = book.Taking(new LeaseEvent.Returned(1, new Lamports(25)));
        Assert.Equal((new Lamports(25), new Lamports(35)), (book.Spent, book.Left));
        Assert.Null(book.Apply(Grant(3, 36)));
        Assert.NotNull(book.Apply(Grant(3, 35)));
    }

    [Fact]
    public void Of_two_granters_that_do_not_see_each_other_one_wins()
    {
        var seen = Book(100);
        var first = seen.Taking(Grant(1, 80));

        Assert.NotNull(seen.Apply(Grant(1, 20))); // as the other believes
        Assert.Null(first.Apply(Grant(1, 20))); // as the log says
    }

    [Fact]
    public void A_lease_returns_once_its_time_and_the_margin_are_over()
    {
        var book = Book(100).Taking(Grant(1, 60));
        var over = End + LeaseBook.MarginMs;

        Assert.Null(book.Apply(new LeaseEvent.Expired(1, Lamports.Zero, over - 1)));
        Assert.Equal(new Lamports(90), book.Taking(new LeaseEvent.Expired(1, new Lamports(10), over)).Left);
        Assert.Equal(new Lamports(40), book.Taking(new LeaseEvent.Expired(1, null, over)).Left); // not known: all of it
    }

    [Fact]
    public void A_lease_is_settled_once_and_not_for_more_than_it_was()
    {
        var book = Book(100).Taking(Grant(1, 60));

        Assert.Null(book.Apply(new LeaseEvent.Returned(1, new Lamports(61))));
        Assert.Null(book.Apply(new LeaseEvent.Returned(1, new Lamports(-1))));
        Assert.Null(book.Apply(new LeaseEvent.Returned(2, Lamports.Zero)));
        book = book.Taking(new LeaseEvent.Returned(1, Lamports.Zero));
        Assert.Null(book.Apply(new LeaseEvent.Returned(1, Lamports.Zero)));
        Assert.Null(book.Apply(Grant(1, 1))); // nor granted again
    }

    [Fact]
    public void A_lower_limit_grants_nothing_until_enough_came_back()
    {
        var book = Book(100).Taking(Grant(1, 60)).Taking(new LeaseEvent.LimitSet(new Lamports(50)));

        Assert.Equal(new Lamports(-10), book.Left);
        Assert.Null(book.Apply(Grant(2, 1)));
        Assert.NotNull(book.Taking(new LeaseEvent.Returned(1, new Lamports(49))).Apply(Grant(2, 1)));
        Assert.Null(book.Apply(new LeaseEvent.LimitSet(new Lamports(-1))));
    }

    [Fact]
    public void A_new_window_forgets_what_was_spent_and_not_what_is_out()
    {
        var book = Book(100).Taking(Grant(1, 60)).Taking(Grant(2, 40))
            .Taking(new LeaseEvent.Returned(1, new Lamports(60))).Taking(new LeaseEvent.WindowOpened());

        Assert.Equal(new Lamports(60), book.Left);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Nothing_is_granted_for_nothing(long amount) => Assert.Null(Book(100).Apply(Grant(1, amount)));

    [Fact]
    public void The_number_of_leases_that_are_out_is_bounded()
    {
        var book = Book(LeaseBook.OpenMax + 1);
        for (var i = 1; i <= LeaseBook.OpenMax; i++) book = book.Taking(Grant((ulong)i, 1));

        Assert.Null(book.Apply(Grant(LeaseBook.OpenMax + 1, 1)));
    }

    [Fact]
    public void A_holder_spends_no_more_than_it_has_and_only_while_both_clocks_agree()
    {
        var asked = DateTimeOffset.UnixEpoch;
        var held = HeldLease.Of(
            new Lease(1, "a", new Lamports(60), End), asked, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

        Assert.Equal(new Lamports(20), Spend(40, 9.9, 14.9)!.Left);
        Assert.Null(Spend(61, 0, 5));
        Assert.Null(Spend(-1, 0, 5));
        Assert.Null(Spend(1, 10, 5));
        Assert.Null(Spend(1, 0, 15)); // the machine's time was set back

        HeldLease? Spend(long amount, double seconds, double uptime) => held.Spend(
            new Lamports(amount), asked.AddSeconds(seconds), TimeSpan.FromSeconds(uptime));
    }

    private static LeaseBook Book(long limit) => LeaseBook.Empty.Taking(new LeaseEvent.LimitSet(new Lamports(limit)));

    private static LeaseEvent.Granted Grant(ulong number, long amount) =>
        new(new Lease(number, "a", new Lamports(amount), End));
}
