using System.Collections.Frozen;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing;

public sealed class GuardedSignerTests : TransactionSignerContract
{
    [Fact]
    public void A_wallet_of_ours_that_the_request_forgets_refuses()
    {
        var request = Request();
        var forgetful = request with
        {
            Wallets = request.Wallets with { All = new[] { SignedScene.Wallets[0].Address }.ToFrozenSet() },
        };
        Assert.Equal(GuardRule.Mixed, NewSigner().Sign(forgetful, _ => { }).Refusal?.Rule);
    }

    [Fact]
    public void A_wallet_whose_key_is_not_here_refuses()
    {
        using var signer = new GuardedSigner(Samples.Signer("wallet 1"));
        Assert.Equal(GuardRule.Limits, signer.Sign(Request(), _ => { }).Refusal?.Rule);
    }

    [Fact]
    public void The_same_key_twice_is_no_signer() => Assert.Throws<ArgumentException>(() =>
        new GuardedSigner(Samples.Signer("wallet 0"), Samples.Signer("wallet 0")));

    [Fact]
    public void It_shows_how_many_keys_it_has_and_none_of_them() =>
        Assert.Equal("signer of 2 wallets", NewSigner().ToString());

    [Fact]
    public void After_its_end_it_signs_nothing()
    {
        var signer = (GuardedSigner)NewSigner();
        signer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => signer.Sign(Request(), _ => { }));
    }

    protected override ITransactionSigner NewSigner() =>
        new GuardedSigner(Samples.Signer("wallet 0"), Samples.Signer("wallet 1"));

    private static SigningRequest Request()
    {
        var wallet = SignedScene.Wallets[0].Address;
        return SignedScene.Request(SignedScene.Message(
            wallet, SignedScene.Cycle(wallet, isXFirst: true, isNamed: true, SignedScene.Tip)));
    }
}
