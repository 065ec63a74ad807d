using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Simulator;
using Mev.Simulator.Chain;
using Mev.Simulator.Execution;
using Mev.Simulator.Flow;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>A swap walks the arrays that it passes and no other, wherever the price is by the time it lands.</summary>
public sealed class PassedArraysTests
{
    private const ulong Tokens = 1UL << 60;

    private static readonly Pubkey User = Samples.Key("user");
    private static readonly TokenAmount Little = new(100_000);

    private int _number;

    public static TheoryData<Protocol, SwapDirection> Swaps =>
    [
        .. new[] { Protocol.Whirlpool, Protocol.RaydiumClmm, Protocol.MeteoraDlmm }.SelectMany(
            protocol => new[] { SwapDirection.AToB, SwapDirection.BToA },
            (protocol, direction) => new TheoryDataRow<Protocol, SwapDirection>(protocol, direction)),
    ];

    [Theory]
    [MemberData(nameof(Swaps))]
    public void One_that_leaves_the_first_array_needs_the_next(Protocol protocol, SwapDirection direction)
    {
        var (chain, pool) = Make(protocol);
        var far = Leaving(chain, pool, direction);
        var whole = Swap(pool, direction, far);
        Assert.True(Execute(chain, Cut(chain, whole, count: 1)).IsFailed);
        Assert.Null(Execute(chain, Cut(chain, Swap(pool, direction, Little), count: 1)).Error);
        Assert.Null(Execute(chain, whole).Error);
    }

    [Theory]
    [MemberData(nameof(Swaps))]
    public void Built_before_the_price_moved_on_it_executes_and_before_it_moved_back_it_fails(
        Protocol protocol, SwapDirection direction)
    {
        var back = direction == SwapDirection.AToB ? SwapDirection.BToA : SwapDirection.AToB;
        var (chain, pool) = Make(protocol);
        var (one, two) = (
            Cut(chain, Swap(pool, direction, Little), count: 1), Cut(chain, Swap(pool, direction, Little), count: 2));
        Move(chain, pool, direction, unfit: one);
        Assert.Null(Execute(chain, two).Error);

        (chain, pool) = Make(protocol);
        Move(chain, pool, back, unfit: two);
        Assert.True(Execute(chain, two).IsFailed);
        Assert.Null(Execute(chain, Swap(pool, direction, Little)).Error);
    }

    [Theory]
    [InlineData(Protocol.MeteoraDlmm, SwapDirection.AToB)]
    [InlineData(Protocol.MeteoraDlmm, SwapDirection.BToA)]
    [InlineData(Protocol.RaydiumClmm, SwapDirection.AToB)]
    [InlineData(Protocol.RaydiumClmm, SwapDirection.BToA)]
    public void One_of_the_platform_executes_where_the_price_moved_back_into_the_array_behind(
        Protocol protocol, SwapDirection direction)
    {
        var back = direction == SwapDirection.AToB ? SwapDirection.BToA : SwapDirection.AToB;
        var (chain, pool) = Make(protocol);
        var own = PoolSwaps.OfQuote(pool, direction, User, new TokenAddresses())!.ExactIn(Little, default);
        var bare = Cut(chain, own, count: 3);
        Assert.Equal(own.Accounts.Length, bare.Accounts.Length + 1); // the one behind
        Move(chain, pool, back, unfit: bare);
        Assert.True(Execute(chain, bare).IsFailed);
        Assert.Null(Execute(chain, own).Error);
    }

    /// <summary>Somebody moves the price so far that a swap which was built before does not execute any more.</summary>
    private void Move(SimulatedChain chain, Pool pool, SwapDirection direction, Instruction unfit)
    {
        Assert.False(chain.Try([Signed(chain, unfit)]).IsFailed);
        for (var amount = Little.Units; amount < Tokens; amount += amount / 4)
        {
            var move = Signed(chain, Swap(pool, direction, new TokenAmount(amount)));
            var trial = chain.Try([move, Signed(chain, unfit)]);
            if (trial.Steps[0].Error is not null) break;
            if (!trial.IsFailed) continue;
            Assert.Null(chain.Execute(move)!.Error);
            return;
        }
        throw new InvalidOperationException("the price does not get far enough");
    }

    private static (SimulatedChain Chain, Pool Pool) Make(Protocol protocol)
    {
        var market = new GeneratedFeedOptions
        {
            Pools = 24,
            Mints = 6,
            Seed = 11,
            FurtherShareBasisPoints = 6_000,
        };
        var chain = new SimulatedChain(market, new SimulatorOptions());
        var pool = chain.Pools.First(known => known.Protocol == protocol);
        chain.Set(new ChainAccount(User, Programs.System, 1_000_000_000, default));
        foreach (var mint in new[] { pool.MintA, pool.MintB }.Select(chain.MintOf))
            chain.Set(TokenAccount.New(mint.AccountOf(User), mint, User, Tokens));
        return (chain, pool);
    }

    private static Instruction Swap(Pool pool, SwapDirection direction, TokenAmount amount) =>
        PoolSwaps.Of(pool, direction, User, new TokenAddresses())!.ExactIn(amount, default);

    /// <summary>What the pool takes whole, and does not fit into its first array.</summary>
    private TokenAmount Leaving(SimulatedChain chain, Pool pool, SwapDirection direction)
    {
        for (var amount = Little.Units; amount < Tokens; amount += amount / 4)
        {
            var units = new TokenAmount(amount);
            if (!pool.QuoteExactIn(direction, units, chain.Clock).IsOk) break;
            var swap = Cut(chain, Swap(pool, direction, units), count: 1);
            if (chain.Try([Signed(chain, swap)]).IsFailed) return units;
        }
        throw new InvalidOperationException("no swap leaves the first array and stays within the others");
    }

    /// <summary>
    /// With so many arrays from the first one ahead on; a Whirlpool's swap names its last one as often as it takes.
    /// </summary>
    private static Instruction Cut(SimulatedChain chain, Instruction swap, int count)
    {
        var (decoded, form) = SwapForms.Find(swap)!.Value;
        var pool = chain.Pools.First(known => known.Id.Address == decoded.Pool);
        var length = swap.Accounts.Length;
        var (from, end) = (form.Parts.Start.GetOffset(length), form.Parts.End.GetOffset(length));
        var parts = swap.Accounts[from..end];
        var first = pool.Protocol == Protocol.Whirlpool
            ? 0
            : parts.ToList().FindIndex(part => IsCurrent(pool, part.Key));
        var kept = parts.Skip(first).Take(count).ToList();
        while (pool.Protocol == Protocol.Whirlpool && kept.Count < parts.Length) kept.Add(kept[^1]);
        return swap with { Accounts = [.. swap.Accounts[..from], .. kept, .. swap.Accounts[end..]] };
    }

    /// <summary>The middle one of three: the generator puts the price there, and no test moves it before.</summary>
    private static bool IsCurrent(Pool pool, Pubkey key)
    {
        const int ArrayBytesMin = 9_000; // bitmap extensions are shorter
        var arrays = pool.Accounts.ToArray().Where(account => account.Data.Length > ArrayBytesMin).ToList();
        Assert.Equal(3, arrays.Count);
        return arrays[1].Key == key;
    }

    private ChainTransaction Signed(SimulatedChain chain, Instruction swap) => ChainTransaction.Of(
        TransactionSignature.From([.. BitConverter.GetBytes(++_number), .. new byte[60]]), User,
        chain.Blocks.Tip.Hash, ComputeBudget.Limit(TransactionLimits.ComputeUnitsMax), swap);

    private ChainReceipt Execute(SimulatedChain chain, Instruction swap) => chain.Execute(Signed(chain, swap))!;
}
