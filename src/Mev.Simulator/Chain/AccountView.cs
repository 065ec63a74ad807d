using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>Accounts as of a slot. Valid as long as nothing is written.</summary>
internal sealed class AccountView(AccountStore store, Dictionary<Pubkey, ChainAccount?> earlier)
{
    /// <summary>The value; null for an account that does not exist.</summary>
    public ChainAccount? Find(Pubkey key) => earlier.TryGetValue(key, out var before) ? before : store.Find(key);

    /// <summary>Every account that exists.</summary>
    public IEnumerable<ChainAccount> All => store.All.Where(account => !earlier.ContainsKey(account.Key))
        .Concat(earlier.Values.OfType<ChainAccount>());
}
