using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing;

/// <summary>What every signer does.</summary>
public abstract class TransactionSignerContract
{
    /// <summary>A signer that holds the keys of the scene's wallets.</summary>
    protected abstract ITransactionSigner NewSigner();

    [Fact]
    public void What_the_rules_allow_is_signed_over_exactly_the_bytes_asked_about()
    {
        var message = SignedScene.Message(SignedScene.Wallets[0].Address, Cycle(wallet: 0));
        var answer = NewSigner().Sign(SignedScene.Request(message), Unexpected);
        var transaction = Transaction.Read(Assert.Single(answer.Transactions).Span, out _)!;
        Assert.Null(answer.Refusal);
        Assert.Equal(message, transaction.Message.ToArray());
        Assert.True(transaction.IsSigned());
    }

    [Fact]
    public void Asked_twice_it_answers_the_same_bytes()
    {
        var request = SignedScene.Request(SignedScene.Message(SignedScene.Wallets[0].Address, Cycle(wallet: 0)));
        var signer = NewSigner();
        Assert.Equal(
            signer.Sign(request, Unexpected).Transactions[0].ToArray(),
            signer.Sign(request, Unexpected).Transactions[0].ToArray());
    }

    [Fact]
    public void A_foreign_transaction_stays_as_it_is()
    {
        var foreign = SignedScene.Foreign(0, pool: 0, isPurchase: true);
        var own = SignedScene.Message(
            SignedScene.Wallets[1].Address,
            SignedScene.Cycle(SignedScene.Wallets[1].Address, isXFirst: false, isNamed: false, SignedScene.Tip));
        var request = SignedScene.Request([BundlePart.Observed(foreign), BundlePart.ToSign(own)], foreign);
        var answer = NewSigner().Sign(request, Unexpected);
        Assert.Equal(foreign, answer.Transactions[0].ToArray());
        Assert.True(Transaction.Read(answer.Transactions[1].Span, out _)!.IsSigned());
    }

    [Fact]
    public void A_refusal_is_told_before_it_is_answered_and_nothing_is_signed()
    {
        var message = SignedScene.Message(SignedScene.Wallets[0].Address, Cycle(wallet: 0));
        var request = SignedScene.Request(message);
        List<SigningRefusal> told = [];
        var stopped = request with { Stop = request.Stop with { IsStopped = true } };
        var answer = NewSigner().Sign(stopped, told.Add);
        Assert.Empty(answer.Transactions);
        Assert.Equal(GuardRule.Stop, answer.Refusal?.Rule);
        Assert.Same(answer.Refusal, Assert.Single(told));
        Assert.StartsWith("stop: ", answer.Refusal!.ToString());
    }

    [Fact]
    public void Where_a_refusal_cannot_be_recorded_nothing_is_answered() => Assert.Throws<IOException>(() =>
        NewSigner().Sign(SignedScene.Request([]), _ => throw new IOException("no journal")));

    private static ImmutableArray<Instruction> Cycle(int wallet) =>
        SignedScene.Cycle(SignedScene.Wallets[wallet].Address, isXFirst: true, isNamed: true, SignedScene.Tip);

    private static void Unexpected(SigningRefusal refusal) => Assert.Fail(refusal.ToString());
}
