using Mev.Domain.Chain;
using Mev.Grains.Tests.Signing;
using Mev.Grains.Wallets;

namespace Mev.Grains.Tests.Wallets;

public sealed class WalletBookTests
{
    [Fact]
    public void What_two_tell_of_the_network_at_once_is_both_known()
    {
        const int Rounds = 10_000;
        var books = Enumerable.Range(0, Rounds)
            .Select(_ => new WalletBook(SignedEngine.Simulated, TimeProvider.System)).ToArray();
        using var both = new Barrier(2);
        var reporting = new Thread(() =>
        {
            foreach (var book in books)
            {
                both.SignalAndWait();
                book.Report([Mints.Wsol]);
            }
        });
        reporting.Start();
        foreach (var book in books)
        {
            both.SignalAndWait();
            book.Observe(FakeNode.Genesis);
        }
        reporting.Join();
        Assert.All(books.Select(book => book.Network), network => Assert.Equal(
            (FakeNode.Genesis, Mints.Wsol), (network.GenesisHash!.Value, network.ReportedTipAccounts!.Value[0])));
    }
}
