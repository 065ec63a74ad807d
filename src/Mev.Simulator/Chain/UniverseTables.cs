using System.Collections.Immutable;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Simulator.Flow;

namespace Mev.Simulator.Chain;

/// <summary>
/// The lookup tables of a universe: for pool after pool what a swap on it passes, nothing of a wallet. A table ends
/// before a pool that does not fit into it, so that all of a pool stands in one. Made from the market's options alone.
/// </summary>
public static class UniverseTables
{
    /// <summary>Their addresses, as the platform names them in <c>Execution:LookupTables</c>.</summary>
    public static ImmutableArray<Pubkey> KeysOf(GeneratedFeedOptions market) =>
        [.. Of(new GeneratedUniverse(market), market.Seed).Select(table => table.Key)];

    /// <summary>The tables, complete and usable from the first slot on.</summary>
    internal static IEnumerable<LookupTableAccount> Of(GeneratedUniverse universe, ulong seed)
    {
        Pubkey[] readers = [GeneratedAddress.Of(seed, "table reader", 0), GeneratedAddress.Of(seed, "table reader", 1)];
        var addresses = new TokenAddresses();
        var (keys, number) = (new OrderedDictionary<Pubkey, bool>(), 0UL);
        foreach (var generated in universe.Pools)
        {
            var own = KeysOf(generated.Pool, readers, addresses);
            if (keys.Count + own.Count(key => !keys.ContainsKey(key)) > LookupTableAccount.AddressesMax)
            {
                yield return Table(seed, number++, keys.Keys);
                keys.Clear();
            }
            foreach (var key in own) keys.TryAdd(key, true);
        }
        if (keys.Count > 0) yield return Table(seed, number, keys.Keys);
    }

    /// <summary>
    /// What swaps in both directions pass, and every account of the pool. What two wallets do not pass alike is theirs.
    /// </summary>
    private static List<Pubkey> KeysOf(Pool pool, Pubkey[] readers, TokenAddresses addresses)
    {
        var keys = new HashSet<Pubkey>();
        foreach (var direction in new[] { SwapDirection.AToB, SwapDirection.BToA })
        {
            var passed = readers.Select(reader => PoolSwaps.Of(pool, direction, reader, addresses))
                .OfType<ISwapAccounts>().Select(swap => swap.ExactIn(new TokenAmount(1), new TokenAmount(1)).Accounts)
                .Select(accounts => accounts.Select(account => account.Key)).ToArray();
            if (passed is [var one, var other]) keys.UnionWith(one.Intersect(other));
        }
        foreach (var account in pool.Accounts)
            if (account.Exists) keys.Add(account.Key);
        return [.. keys];
    }

    private static LookupTableAccount Table(ulong seed, ulong number, IEnumerable<Pubkey> keys)
    {
        var authority = GeneratedAddress.Of(seed, "table authority", 0);
        return new LookupTableAccount
        {
            Key = LookupTableProgram.Address(authority, new Slot(number)).Address,
            DeactivatedIn = null,
            LastExtendedIn = default,
            LastExtensionStart = 0,
            Authority = authority,
            Addresses = [.. keys],
        };
    }
}
