using System.Collections.Immutable;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Bundles.Hops;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Fixtures.Pools;

namespace Mev.Adapters.Tests.Bundles;

/// <summary>A swap's accounts are found in the bytes that its quote was made from.</summary>
public sealed class PoolHopTests
{
    private static readonly Pubkey Wallet = Samples.Key("wallet");

    public static TheoryData<string, SwapDirection> Swaps
    {
        get
        {
            var swaps = new TheoryData<string, SwapDirection>();
            foreach (var name in Pools().Select(pool => pool.Protocol.ToString()))
            {
                swaps.Add(name, SwapDirection.AToB);
                swaps.Add(name, SwapDirection.BToA);
            }
            return swaps;
        }
    }

    [Theory]
    [MemberData(nameof(Swaps))]
    public void Every_account_that_the_quote_depends_on_is_passed(string protocol, SwapDirection direction)
    {
        var pool = Pools().Single(each => each.Protocol.ToString() == protocol);
        Assert.Equal(PoolDefect.None, pool.Defect);
        var (named, all) = Recorded(pool, direction);
        var accounts = SwapAccounts.Of(Hop(pool, direction, all));
        Assert.NotNull(accounts);
        var passed = accounts.ExactIn(new TokenAmount(1), new TokenAmount(1)).Accounts
            .Select(account => account.Key).ToHashSet();
        Assert.All(named, use => Assert.Contains(use.Key, passed));
        Assert.Equal(Wallet, accounts.User);
        Assert.Equal(Own(pool.MintIn(direction), all), accounts.UserIn);
        Assert.Equal(Own(pool.MintOut(direction), all), accounts.UserOut);
    }

    [Fact]
    public void Without_the_pools_bytes_nothing_is_built()
    {
        var pool = Pools()[0];
        var (_, all) = Recorded(pool, SwapDirection.AToB);
        var without = all.RemoveAll(use => use.Key == pool.Id.Address);
        Assert.Null(SwapAccounts.Of(Hop(pool, SwapDirection.AToB, without)));
    }

    [Theory]
    [InlineData(SwapDirection.AToB, SwapDirection.BToA)]
    [InlineData(SwapDirection.BToA, SwapDirection.AToB)]
    public void Before_the_tick_arrays_ahead_stands_the_one_behind_the_price(
        SwapDirection direction, SwapDirection back)
    {
        var pool = new RaydiumClmmBytes().Pool();
        var (ahead, others) = (Arrays(pool, direction), Arrays(pool, back));
        var behind = RaydiumClmmPool.ArrayAddress(pool.Id.Address, others.First(start => !ahead.Contains(start)));
        var bare = TickArrays(pool, direction, passesBehind: false);
        Assert.Equal(ahead.Length, bare.Length);
        Assert.Equal([behind, .. bare], TickArrays(pool, direction, passesBehind: true));
    }

    [Fact]
    public void Tick_arrays_follow_the_price()
    {
        var pool = new RaydiumClmmBytes().Pool();
        var (down, up) = (Arrays(pool, SwapDirection.AToB), Arrays(pool, SwapDirection.BToA));
        Assert.True(down.Length > 1 && up.Length > 1, $"{down.Length} and {up.Length} arrays");
        Assert.Equal(down.OrderDescending(), down);
        Assert.Equal(up.Order(), up);
    }

    private static int[] Arrays(Pool pool, SwapDirection direction)
    {
        var (_, all) = Recorded(pool, direction);
        return
        [
            .. TickArrays(pool, direction, passesBehind: false)
                .Select(key => PoolHop.ReadInt32(all.Single(use => use.Key == key).Data, 40)),
        ];
    }

    private static Pubkey[] TickArrays(Pool pool, SwapDirection direction, bool passesBehind)
    {
        var (_, all) = Recorded(pool, direction);
        var accounts = SwapAccounts.Of(Hop(pool, direction, all, passesBehind));
        return [.. Assert.IsType<RaydiumClmmSwapAccounts>(accounts).TickArrays];
    }

    private static Pool[] Pools() =>
    [
        new RaydiumAmmV4Bytes().Pool(), new RaydiumCpmmBytes().Pool(), new RaydiumClmmBytes().Pool(),
        new MeteoraDlmmBytes().Pool(), new MeteoraDammV2Bytes().Pool(), new OrcaTokenSwapBytes().Pool(),
        new PumpSwapBytes().Pool(),
    ];

    private static Pubkey Own(Pubkey mint, ImmutableArray<AccountUse> all)
    {
        var program = all.FirstOrDefault(use => use.Key == mint).Owner;
        return AssociatedToken.Address(Wallet, mint, program == Programs.Token2022 ? program : Programs.Token);
    }

    private static PoolHop Hop(
        Pool pool, SwapDirection direction, ImmutableArray<AccountUse> accounts, bool passesBehind = true)
    {
        var opportunity = new Opportunity
        {
            Id = new OpportunityId(Digest.Of("chance"u8)),
            Cycle = Digest.Of("cycle"u8),
            Hops = [],
            BaseMint = Mints.Wsol,
            GrossProfit = default,
            ProfitBound = default,
            Certificate = SizingCertificate.Bound,
            Clock = default,
            Accounts = accounts.AsMemory(),
            Shard = 0,
            ReceivedNs = 0,
            EvaluatedNs = 0,
            Slot = default,
        };
        return new PoolHop(opportunity, pool.Id, direction, Wallet, new TokenAddresses())
        {
            PassesArrayBehind = passesBehind,
        };
    }

    private static (ImmutableArray<AccountUse> Named, ImmutableArray<AccountUse> All) Recorded(
        Pool pool, SwapDirection direction)
    {
        var room = new PoolAccount[OpportunityIds.AccountsMax];
        var named = room[..pool.DependsOn(direction, room)].Select(Use).ToImmutableArray();
        var also = room[..pool.AlsoReads(room)].Select(Use);
        return (named, named.AddRange(also));
    }

    private static AccountUse Use(PoolAccount account) => new(
        account.Key, account.Owner, account.Slot, account.WriteVersion, account.Hash, account.Data.ToArray());
}
