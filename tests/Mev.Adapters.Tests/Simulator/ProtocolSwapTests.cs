using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Fixtures.Pools;
using Mev.Simulator;
using Mev.Simulator.Chain;
using Mev.Simulator.Execution;
using Mev.Simulator.Flow;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>The swap instruction of every protocol does on the chain what the pool's quote says, or nothing.</summary>
public sealed class ProtocolSwapTests
{
    private static readonly Pubkey User = Samples.Key("user");
    private static readonly TokenAmount Amount = new(1_000_000);

    private const ulong Tokens = 1_000_000_000_000;

    public static TheoryData<Protocol, SwapDirection> Swaps
    {
        get
        {
            var swaps = new TheoryData<Protocol, SwapDirection>();
            foreach (var protocol in ProtocolPools.All)
            {
                swaps.Add(protocol, SwapDirection.AToB);
                swaps.Add(protocol, SwapDirection.BToA);
            }
            return swaps;
        }
    }

    [Theory]
    [MemberData(nameof(Swaps))]
    public void A_swap_executes_to_the_unit_and_fails_whole_below_its_least_output(
        Protocol protocol, SwapDirection direction)
    {
        var (chain, pool) = Make(protocol);
        var copy = pool.NewEmpty();
        copy.CopyFrom(pool);
        var expected = copy.QuoteExactIn(direction, Amount, chain.Clock);
        Assert.True(expected.IsOk && expected.AmountOut.Units > 0, $"{expected}");
        var accounts = Accounts(pool, direction);
        var beyond = new TokenAmount(expected.AmountOut.Units + 1);
        var before = Bytes(pool);
        Assert.NotNull(Execute(chain, 1, accounts.ExactIn(Amount, beyond)).Error);
        Assert.Equal(before, Bytes(pool));
        Assert.Equal((Tokens, Tokens), Held(chain, accounts));

        var done = Execute(chain, 2, accounts.ExactIn(Amount, expected.AmountOut));
        Assert.Null(done.Error);
        Assert.Equal((Tokens - expected.AmountIn.Units, Tokens + expected.AmountOut.Units), Held(chain, accounts));
        Assert.Equal(2, done.Inner.Length);
        Assert.Equal(expected, copy.Execute(direction, Amount, chain.Clock, 1_000));
        Assert.Equal(Bytes(copy), Bytes(pool));
    }

    [Theory]
    [MemberData(nameof(Swaps))]
    public void Nothing_is_written_that_the_instruction_does_not_pass_as_writable(
        Protocol protocol, SwapDirection direction)
    {
        var (chain, pool) = Make(protocol);
        var accounts = Accounts(pool, direction);
        var swap = accounts.ExactIn(Amount, default);
        var before = Bytes(pool);
        var readOnly = swap with
        {
            Accounts =
            [
                .. swap.Accounts.Select(account => account with
                {
                    IsWritable = account.Key == accounts.UserIn || account.Key == accounts.UserOut,
                }),
            ],
        };
        Assert.Equal(InstructionFailure.ReadonlyDataModified, Execute(chain, 1, readOnly).Error!.Value.Failure);
        var stranger = swap with
        {
            Accounts =
            [
                .. swap.Accounts.Select(account => account with
                {
                    Key = account.Key == accounts.UserIn ? Samples.Key("nobody's") : account.Key,
                }),
            ],
        };
        Assert.Equal(InstructionFailure.InvalidAccountData, Execute(chain, 2, stranger).Error!.Value.Failure);
        Assert.Equal(before, Bytes(pool));
    }

    [Theory]
    [MemberData(nameof(Swaps))]
    public void Any_other_account_in_any_place_or_one_too_many_fails_the_swap(
        Protocol protocol, SwapDirection direction)
    {
        var (chain, pool) = Make(protocol);
        var accounts = Accounts(pool, direction);
        var swap = accounts.ExactIn(Amount, default);
        var before = Bytes(pool);
        var stranger = AccountReference.Writable(Samples.Key("stranger"));
        chain.Set(new ChainAccount(stranger.Key, Programs.Token, 1, new byte[82]));
        Instruction[] wrong =
        [
            .. Others(accounts, swap).Select(place =>
                swap with { Accounts = swap.Accounts.SetItem(place, stranger) }),
            swap with { Accounts = swap.Accounts.Add(stranger) },
        ];
        foreach (var (number, other) in wrong.Index())
        {
            var done = Execute(chain, (byte)(number + 1), other);
            Assert.True(done.IsFailed, $"it passes with {string.Join(' ', other.Accounts)}");
            Assert.Equal((Tokens, Tokens), Held(chain, accounts));
        }
        Assert.Equal(before, Bytes(pool));
        Assert.False(Execute(chain, 200, swap).IsFailed);
    }

    [Fact]
    public void A_swap_beyond_its_compute_limit_fails()
    {
        var (chain, pool) = Make(Protocol.RaydiumAmmV4);
        var swap = Accounts(pool, SwapDirection.AToB).ExactIn(Amount, default);
        var limited = chain.Execute(ChainTransaction.Of(
            Signature(1), User, chain.Blocks.Tip.Hash, ComputeBudget.Limit(20_000), swap));
        Assert.Equal(InstructionFailure.ComputationalBudgetExceeded, limited!.Error!.Value.Failure);
    }

    private static (SimulatedChain Chain, Pool Pool) Make(Protocol protocol)
    {
        var market = new GeneratedFeedOptions
        {
            Pools = 2,
            Mints = 3,
            FirstSlot = PoolChecks.Clock.Slot.Value,
            FirstUnixTime = PoolChecks.Clock.UnixTime,
        };
        var chain = new SimulatedChain(market, new SimulatorOptions());
        var pool = ProtocolPools.Of(protocol);
        chain.Add(pool);
        chain.Set(new ChainAccount(User, Programs.System, 1_000_000_000, default));
        foreach (var mint in new[] { pool.MintA, pool.MintB })
            chain.Set(TokenAccount.New(AssociatedToken.Address(User, mint, Programs.Token), mint, User, Tokens));
        return (chain, pool);
    }

    private static ISwapAccounts Accounts(Pool pool, SwapDirection direction) =>
        PoolSwaps.Of(pool, direction, User, new TokenAddresses())!;

    /// <summary>Where the accounts of a swap are not the user's own.</summary>
    private static IEnumerable<int> Others(ISwapAccounts accounts, Instruction swap) =>
        Enumerable.Range(0, swap.Accounts.Length).Where(place => swap.Accounts[place].Key != User
            && swap.Accounts[place].Key != accounts.UserIn && swap.Accounts[place].Key != accounts.UserOut);

    private static ChainReceipt Execute(SimulatedChain chain, byte number, Instruction swap) =>
        chain.Execute(ChainTransaction.Of(
            Signature(number), User, chain.Blocks.Tip.Hash,
            ComputeBudget.Limit(TransactionLimits.ComputeUnitsMax), swap))!;

    private static TransactionSignature Signature(byte number) =>
        TransactionSignature.From(Enumerable.Repeat(number, TransactionSignature.Length).ToArray());

    private static (ulong In, ulong Out) Held(SimulatedChain chain, ISwapAccounts accounts) =>
        (TokenAccount.Amount(chain.Find(accounts.UserIn)!), TokenAccount.Amount(chain.Find(accounts.UserOut)!));

    private static string Bytes(Pool pool) =>
        string.Join(' ', pool.Accounts.ToArray().Select(account => $"{account.Key} {Digest.Of(account.Data)}"));
}
