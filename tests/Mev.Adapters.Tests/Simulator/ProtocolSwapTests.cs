using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Fixtures.Pools;
using Mev.Simulator;
using Mev.Simulator.Chain;
using Mev.Simulator.Execution;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>The swap instruction of every protocol does on the chain what the pool's quote says, or nothing.</summary>
public sealed class ProtocolSwapTests
{
    private static readonly Pubkey User = Samples.Key("user");
    private static readonly Pubkey OfA = Samples.Key("tokens of a");
    private static readonly Pubkey OfB = Samples.Key("tokens of b");
    private static readonly TokenAmount Amount = new(1_000_000);

    private const ulong Tokens = 1_000_000_000_000;

    public static TheoryData<Protocol, SwapDirection> Swaps
    {
        get
        {
            var swaps = new TheoryData<Protocol, SwapDirection>();
            foreach (var protocol in Enum.GetValues<Protocol>())
            {
                if (protocol is Protocol.Unknown or Protocol.Whirlpool) continue; // Whirlpools are the universe's own
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
        Assert.Equal((Tokens, Tokens), Held(chain, direction));

        var done = Execute(chain, 2, accounts.ExactIn(Amount, expected.AmountOut));
        Assert.Null(done.Error);
        Assert.Equal((Tokens - expected.AmountIn.Units, Tokens + expected.AmountOut.Units), Held(chain, direction));
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
        var swap = Accounts(pool, direction).ExactIn(Amount, default);
        var before = Bytes(pool);
        var readOnly = swap with
        {
            Accounts =
            [
                .. swap.Accounts.Select(account => account with
                {
                    IsWritable = account.Key == OfA || account.Key == OfB,
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
                    Key = account.Key == OfA ? Samples.Key("nobody's") : account.Key,
                }),
            ],
        };
        Assert.Equal(InstructionFailure.InvalidAccountData, Execute(chain, 2, stranger).Error!.Value.Failure);
        Assert.Equal(before, Bytes(pool));
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
        var pool = PoolOf(protocol);
        chain.Add(pool);
        chain.Set(new ChainAccount(User, Programs.System, 1_000_000_000, default));
        chain.Set(TokenAccount.New(OfA, pool.MintA, User, Tokens));
        chain.Set(TokenAccount.New(OfB, pool.MintB, User, Tokens));
        return (chain, pool);
    }

    private static Pool PoolOf(Protocol protocol) => protocol switch
    {
        Protocol.RaydiumAmmV4 => new RaydiumAmmV4Bytes().Pool(),
        Protocol.RaydiumCpmm => new RaydiumCpmmBytes().Pool(),
        Protocol.RaydiumClmm => new RaydiumClmmBytes().Pool(),
        Protocol.MeteoraDlmm => new MeteoraDlmmBytes
        {
            Bins =
            [
                .. Enumerable.Range(-5, 11).Select(bin => new MeteoraDlmmBinBytes(bin, 1_000_000_000, 1_000_000_000)),
            ],
        }.Pool(),
        Protocol.MeteoraDammV2 => new MeteoraDammV2Bytes().Pool(),
        Protocol.OrcaTokenSwap => new OrcaTokenSwapBytes().Pool(),
        _ => new PumpSwapBytes().Pool(),
    };

    private static ISwapAccounts Accounts(Pool pool, SwapDirection direction)
    {
        var isAToB = direction == SwapDirection.AToB;
        var (userIn, userOut) = isAToB ? (OfA, OfB) : (OfB, OfA);
        var id = pool.Id.Address;
        return pool.Protocol switch
        {
            Protocol.RaydiumAmmV4 => new RaydiumAmmV4SwapAccounts
            {
                Pool = id,
                CoinVault = RaydiumAmmV4Bytes.CoinVault,
                PcVault = RaydiumAmmV4Bytes.PcVault,
                Market = RaydiumAmmV4Market.Unused(id),
                User = User,
                UserIn = userIn,
                UserOut = userOut,
            },
            Protocol.RaydiumCpmm => new RaydiumCpmmSwapAccounts
            {
                Pool = id,
                Config = RaydiumCpmmBytes.Config,
                Observation = Samples.Key(1),
                VaultIn = isAToB ? RaydiumCpmmBytes.Vault0 : RaydiumCpmmBytes.Vault1,
                VaultOut = isAToB ? RaydiumCpmmBytes.Vault1 : RaydiumCpmmBytes.Vault0,
                MintIn = pool.MintIn(direction),
                MintOut = pool.MintOut(direction),
                ProgramIn = Programs.Token,
                ProgramOut = Programs.Token,
                User = User,
                UserIn = userIn,
                UserOut = userOut,
            },
            Protocol.RaydiumClmm => new RaydiumClmmSwapAccounts
            {
                Pool = id,
                Config = RaydiumClmmBytes.Config,
                Observation = Samples.Key(1),
                VaultIn = Samples.Key(2),
                VaultOut = Samples.Key(3),
                MintIn = pool.MintIn(direction),
                MintOut = pool.MintOut(direction),
                TickArrays = [.. pool.Accounts.ToArray().Select(account => account.Key)],
                User = User,
                UserIn = userIn,
                UserOut = userOut,
            },
            _ => OfOthers(pool, direction),
        };
    }

    private static ISwapAccounts OfOthers(Pool pool, SwapDirection direction)
    {
        var isAToB = direction == SwapDirection.AToB;
        var (userIn, userOut) = isAToB ? (OfA, OfB) : (OfB, OfA);
        var id = pool.Id.Address;
        return pool.Protocol switch
        {
            Protocol.MeteoraDlmm => new MeteoraDlmmSwapAccounts
            {
                Form = MeteoraDlmmForm.Swap,
                Pool = id,
                ReserveX = Samples.Key(1),
                ReserveY = Samples.Key(2),
                MintX = pool.MintA,
                MintY = pool.MintB,
                ProgramX = Programs.Token,
                ProgramY = Programs.Token,
                BinArrays = [.. pool.Accounts.ToArray().Select(account => account.Key)],
                User = User,
                UserIn = userIn,
                UserOut = userOut,
            },
            Protocol.MeteoraDammV2 => new MeteoraDammV2SwapAccounts
            {
                Pool = id,
                VaultA = Samples.Key(1),
                VaultB = Samples.Key(2),
                MintA = pool.MintA,
                MintB = pool.MintB,
                ProgramA = Programs.Token,
                ProgramB = Programs.Token,
                User = User,
                UserIn = userIn,
                UserOut = userOut,
            },
            _ => OfSimpleOnes(pool, direction),
        };
    }

    private static ISwapAccounts OfSimpleOnes(Pool pool, SwapDirection direction)
    {
        var isAToB = direction == SwapDirection.AToB;
        var (userIn, userOut) = isAToB ? (OfA, OfB) : (OfB, OfA);
        var id = pool.Id.Address;
        return pool.Protocol switch
        {
            Protocol.OrcaTokenSwap => new OrcaTokenSwapAccounts
            {
                Pool = id,
                VaultIn = isAToB ? OrcaTokenSwapBytes.VaultA : OrcaTokenSwapBytes.VaultB,
                VaultOut = isAToB ? OrcaTokenSwapBytes.VaultB : OrcaTokenSwapBytes.VaultA,
                PoolMint = Samples.Key(1),
                FeeAccount = Samples.Key(2),
                User = User,
                UserIn = userIn,
                UserOut = userOut,
            },
            _ => new PumpSwapAccounts
            {
                Pool = id,
                BaseMint = pool.MintA,
                QuoteMint = pool.MintB,
                BaseVault = PumpSwapBytes.BaseVault,
                QuoteVault = PumpSwapBytes.QuoteVault,
                BaseProgram = Programs.Token,
                QuoteProgram = Programs.Token,
                ProtocolRecipient = Samples.Key(1),
                CoinCreator = default,
                UserBase = OfA,
                UserQuote = OfB,
                Direction = direction,
                User = User,
            },
        };
    }

    private static ChainReceipt Execute(SimulatedChain chain, byte number, Instruction swap) =>
        chain.Execute(ChainTransaction.Of(
            Signature(number), User, chain.Blocks.Tip.Hash,
            ComputeBudget.Limit(TransactionLimits.ComputeUnitsMax), swap))!;

    private static TransactionSignature Signature(byte number) =>
        TransactionSignature.From(Enumerable.Repeat(number, TransactionSignature.Length).ToArray());

    private static (ulong In, ulong Out) Held(SimulatedChain chain, SwapDirection direction)
    {
        var (a, b) = (TokenAccount.Amount(chain.Find(OfA)!), TokenAccount.Amount(chain.Find(OfB)!));
        return direction == SwapDirection.AToB ? (a, b) : (b, a);
    }

    private static string Bytes(Pool pool) =>
        string.Join(' ', pool.Accounts.ToArray().Select(account => $"{account.Key} {Digest.Of(account.Data)}"));
}
