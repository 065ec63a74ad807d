using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Bundles.Hops;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDammV2;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Fixtures.Pools;

namespace Mev.Adapters.Tests.Bundles;

/// <summary>A cycle of seven hops, a DLMM pair among them: its message is too long without a lookup table.</summary>
internal static class LongCycle
{
    private static readonly (Pool Pool, SwapDirection Direction)[] Hops =
    [
        (Pool("first", Mints.Wsol, MeteoraDlmmBytes.MintX), SwapDirection.AToB),
        (Pair(), SwapDirection.AToB),
        (Pool("third", MeteoraDlmmBytes.MintY, Mints.Wsol), SwapDirection.AToB),
        (Pool("fourth", Mints.Wsol, Mints.Usdc), SwapDirection.AToB),
        (Pool("fifth", Mints.Usdc, Mints.Wsol), SwapDirection.AToB),
        (Pool("sixth", Mints.Wsol, Mints.Usdc), SwapDirection.AToB),
        (Pool("seventh", Mints.Usdc, Mints.Wsol), SwapDirection.AToB),
    ];

    public static Opportunity Chance()
    {
        const ulong Principal = 1_000_000;
        var end = Hops.Length - 1;
        return new Opportunity
        {
            Id = new OpportunityId(Digest.Of("long"u8)),
            Cycle = Digest.Of("long cycle"u8),
            Hops =
            [
                .. Hops.Select((hop, i) => new HopAmounts(
                    new Hop(hop.Pool.Id, hop.Direction), new TokenAmount(Principal),
                    new TokenAmount(i == end ? 2 * Principal : Principal))),
            ],
            BaseMint = Mints.Wsol,
            GrossProfit = new Lamports((long)Principal),
            ProfitBound = new Lamports((long)Principal),
            Certificate = SizingCertificate.Bound,
            Clock = default,
            Accounts = Hops.SelectMany(hop => Quoted(hop.Pool, hop.Direction)).Select(account => new AccountUse(
                account.Key, account.Owner, account.Slot, account.WriteVersion, account.Hash,
                account.Data.ToArray())).ToArray(),
            Shard = 0,
            ReceivedNs = 0,
            EvaluatedNs = 0,
            Slot = default,
        };
    }

    /// <summary>What its swaps pass but the wallet and the array behind.</summary>
    public static Pubkey[] Passed(Pubkey wallet)
    {
        var (chance, addresses) = (Chance(), new TokenAddresses());
        return
        [
            .. Hops.Select(hop => new PoolHop(chance, hop.Pool.Id, hop.Direction, wallet, addresses)
            {
                PassesArrayBehind = false,
            }).SelectMany(hop => SwapAccounts.Of(hop)!.ExactIn(new TokenAmount(1), new TokenAmount(1)).Accounts)
            .Select(account => account.Key).Where(key => key != wallet).Distinct(),
        ];
    }

    public static BundleTerms Terms(Pubkey wallet, ReadOnlySpan<Pubkey> addresses, bool passesArraysBehind) => new()
    {
        Wallet = wallet,
        DontFront = Pubkey.Parse("jitodontfront111111111111111111111111111111"),
        UnitsMarginBasisPoints = 1_000,
        TipBounds = new TipBounds(new Lamports(1_000_000), 9_500),
        PassesArraysBehind = passesArraysBehind,
        TokenAccounts =
        [
            .. new[] { Mints.Wsol, Mints.Usdc, MeteoraDlmmBytes.MintX, MeteoraDlmmBytes.MintY }
                .Select(mint => AssociatedToken.Address(wallet, mint, Programs.Token)).Order(),
        ],
        Tables = [new LookupTable(Samples.Key("table"), [.. addresses])],
    };

    /// <summary>The accounts that a quote names: not the array behind.</summary>
    private static PoolAccount[] Quoted(Pool pool, SwapDirection direction)
    {
        var room = new PoolAccount[OpportunityIds.AccountsPerHopMax];
        return room[..pool.DependsOn(direction, room)];
    }

    private static MeteoraDlmmPool Pair() => new MeteoraDlmmBytes
    {
        Bins = [new(-70, Y: 1_000), new(0, X: 1_000, Y: 1_000), new(70, X: 1_000)],
    }.Pool();

    private static MeteoraDammV2Pool Pool(string name, Pubkey tokenA, Pubkey tokenB) => new MeteoraDammV2Bytes
    {
        Address = Samples.Key(name),
        Tokens = (tokenA, tokenB),
    }.Pool();
}
