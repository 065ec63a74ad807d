using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Simulator.Chain;

/// <summary>
/// The accounts of the chain, and the pools that are made of them, decoded. A write reaches both, and so does what is
/// undone.
/// </summary>
internal sealed class ChainState
{
    private readonly Dictionary<Pubkey, List<Pool>> _poolsOf = [];

    /// <summary>The state that a universe begins as.</summary>
    public ChainState(GeneratedUniverse universe)
    {
        foreach (var generated in universe.Pools) Add(generated);
    }

    /// <summary>The accounts.</summary>
    public AccountStore Accounts { get; } = new();

    /// <summary>The pools, as of the newest write.</summary>
    public Dictionary<PoolId, GeneratedPool> Pools { get; } = [];

    /// <summary>Addresses that swaps pass, derived once.</summary>
    public TokenAddresses Addresses { get; } = new();

    /// <summary>Highest write version given.</summary>
    public ulong WriteVersion { get; set; }

    /// <summary>A further pool, with those of its accounts that are not there yet.</summary>
    public void Add(GeneratedPool generated)
    {
        Pools.Add(generated.Pool.Id, generated);
        for (var place = 0; place < generated.Balances.Length; place++)
        {
            var account = generated.Pool.Accounts[place];
            if (!_poolsOf.TryGetValue(account.Key, out var pools)) _poolsOf.Add(account.Key, pools = []);
            pools.Add(generated.Pool);
            if (pools.Count > 1 || !account.Exists) continue; // pools share it
            var data = account.Data.ToArray();
            Accounts.Found(new ChainAccount(account.Key, account.Owner, generated.Balances[place].Of(data), data)
            {
                Slot = account.Slot,
            });
        }
    }

    /// <summary>Writes a value.</summary>
    public void Write(ChainAccount account)
    {
        WriteVersion = Math.Max(WriteVersion, account.WriteVersion);
        Accounts.Write(account);
        Show(account.Key, account);
    }

    /// <summary>Gives an account a value that no undoing takes away.</summary>
    public void Found(ChainAccount account)
    {
        WriteVersion = Math.Max(WriteVersion, account.WriteVersion);
        Accounts.Found(account);
        Show(account.Key, account);
    }

    /// <summary>Undoes the newest slot.</summary>
    public void Undo()
    {
        foreach (var (key, value) in Accounts.Undo()) Show(key, value);
    }

    private void Show(Pubkey key, ChainAccount? value)
    {
        if (!_poolsOf.TryGetValue(key, out var pools) || value is null) return; // no pool's account ever ends
        foreach (var pool in pools) pool.Apply(value.ToWrite());
    }
}
