using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Instructions;

public sealed class PumpSwapAccountsTests
{
    [Fact]
    public void Both_directions_have_their_own_instruction_and_accounts()
    {
        var (sale, purchase) = (Swap(SwapDirection.AToB), Swap(SwapDirection.BToA));
        var (amount, least) = (new TokenAmount(5), new TokenAmount(3));
        Assert.Equal("33e685a4017f83ad", Head(sale.ExactIn(amount, least)));
        Assert.Equal("c62e1552b4d9e870", Head(purchase.ExactIn(amount, least)));
        Assert.Equal("66063d1201daebea", Head(purchase.ExactOut(amount, least)));
        Assert.Equal(21, sale.ExactIn(amount, least).Accounts.Length);
        Assert.Equal(23, purchase.ExactIn(amount, least).Accounts.Length);
        Assert.Equal((sale.UserBase, sale.UserQuote), (sale.UserIn, sale.UserOut));
        Assert.Equal((sale.UserQuote, sale.UserBase), (purchase.UserIn, purchase.UserOut));
        Assert.Throws<InvalidOperationException>(() => sale.ExactOut(amount, least));
    }

    [Fact]
    public void The_tail_depends_on_cashback_creator_and_direction()
    {
        var recipient = Samples.Key("buyback");
        int Count(SwapDirection direction, bool isCashback, bool hasCreator)
        {
            var swap = Swap(direction) with { Tail = new PumpSwapTail(isCashback, recipient) };
            if (!hasCreator) swap = swap with { CoinCreator = default };
            var accounts = swap.ExactIn(new TokenAmount(1), new TokenAmount(1)).Accounts;
            Assert.Equal(AccountReference.ReadOnly(recipient), accounts[^2]);
            return accounts.Length;
        }
        Assert.Equal(23 + 2, Count(SwapDirection.BToA, isCashback: false, hasCreator: false));
        Assert.Equal(23 + 3, Count(SwapDirection.BToA, isCashback: false, hasCreator: true));
        Assert.Equal(23 + 4, Count(SwapDirection.BToA, isCashback: true, hasCreator: true));
        Assert.Equal(21 + 5, Count(SwapDirection.AToB, isCashback: true, hasCreator: true));
    }

    private static string Head(Instruction instruction) => Convert.ToHexStringLower(instruction.Data.Span[..8]);

    private static PumpSwapAccounts Swap(SwapDirection direction) => Swap(Samples.Key("pool"), direction);

    private static PumpSwapAccounts Swap(Pubkey pool, SwapDirection direction) => new()
    {
        Pool = pool,
        BaseMint = Samples.Key("base"),
        QuoteMint = Samples.Key("quote"),
        BaseVault = Samples.Key("base vault"),
        QuoteVault = Samples.Key("quote vault"),
        BaseProgram = Programs.Token,
        QuoteProgram = Programs.Token,
        ProtocolRecipient = Samples.Key("recipient"),
        CoinCreator = Samples.Key("creator"),
        UserBase = Samples.Key("user base"),
        UserQuote = Samples.Key("user quote"),
        User = Samples.Key("user"),
        Direction = direction,
    };
}
