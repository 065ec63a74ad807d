using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Bundles.Hops;
using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;

namespace Mev.Simulator.Flow;

/// <summary>
/// What a swap on a pool of the chain passes, between the associated token accounts of a wallet: read from the pool's
/// bytes as the platform itself reads them.
/// </summary>
internal static class PoolSwaps
{
    /// <summary>The accounts of a swap; null when the pool's bytes do not name them all.</summary>
    public static ISwapAccounts? Of(Pool pool, SwapDirection direction, Pubkey wallet, TokenAddresses addresses) =>
        Of(pool, pool.Accounts, direction, wallet, addresses);

    /// <summary>The same by the accounts that a quote in that direction names, as the platform records them.</summary>
    public static ISwapAccounts? OfQuote(
        Pool pool, SwapDirection direction, Pubkey wallet, TokenAddresses addresses)
    {
        var room = new PoolAccount[2 * OpportunityIds.AccountsPerHopMax];
        var count = pool.DependsOn(direction, room);
        count += pool.AlsoReads(room.AsSpan(count));
        return Of(pool, room.AsSpan(0, count), direction, wallet, addresses);
    }

    private static ISwapAccounts? Of(
        Pool pool, ReadOnlySpan<PoolAccount> known, SwapDirection direction, Pubkey wallet, TokenAddresses addresses)
    {
        var uses = new List<AccountUse>();
        foreach (var account in known)
        {
            if (!account.Exists) continue;
            uses.Add(new AccountUse(
                account.Key, account.Owner, account.Slot, account.WriteVersion, default, account.Data.ToArray()));
        }
        return SwapAccounts.Of(new PoolHop(Naming(uses.ToArray()), pool.Id, direction, wallet, addresses));
    }

    /// <summary>An opportunity of nothing but accounts: a hop asks it for no more.</summary>
    private static Opportunity Naming(AccountUse[] accounts) => new()
    {
        Id = default,
        Cycle = default,
        Hops = [],
        BaseMint = Mints.Wsol,
        GrossProfit = Lamports.Zero,
        ProfitBound = Lamports.Zero,
        Certificate = SizingCertificate.Unknown,
        Clock = default,
        Accounts = accounts,
        Shard = 0,
        ReceivedNs = 0,
        EvaluatedNs = 0,
        Slot = default,
    };
}
