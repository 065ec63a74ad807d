using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>
/// The newest value of every account, and for each slot that may still be undone the values that its writes replaced.
/// </summary>
internal sealed class AccountStore
{
    private readonly Dictionary<Pubkey, ChainAccount> _accounts = [];
    private readonly List<(Slot Slot, Dictionary<Pubkey, ChainAccount?> Replaced)> _slots = [];

    /// <summary>Every account's newest value.</summary>
    public IEnumerable<ChainAccount> All => _accounts.Values;

    /// <summary>The newest value; null for an account that does not exist.</summary>
    public ChainAccount? Find(Pubkey key) => _accounts.GetValueOrDefault(key);

    /// <summary>What is written from now on is of this slot.</summary>
    public void Open(Slot slot) => _slots.Add((slot, []));

    /// <summary>Writes a value; one without lamports and bytes closes the account.</summary>
    public void Write(ChainAccount account)
    {
        if (_slots.Count > 0) _slots[^1].Replaced.TryAdd(account.Key, Find(account.Key));
        Set(account.Key, account is { Lamports: 0, Data.IsEmpty: true } ? null : account);
    }

    /// <summary>Gives an account a value that was there before every slot that may be undone.</summary>
    public void Found(ChainAccount account) => Set(account.Key, account);

    /// <summary>Undoes the newest slot; gives the accounts that it had written, with what they are now.</summary>
    public IReadOnlyList<(Pubkey Key, ChainAccount? Value)> Undo()
    {
        var (_, replaced) = _slots[^1];
        _slots.RemoveAt(_slots.Count - 1);
        foreach (var (key, before) in replaced) Set(key, before);
        return [.. replaced.Select(entry => (entry.Key, entry.Value))];
    }

    /// <summary>Slots up to this one cannot be undone any more.</summary>
    public void Finalize(Slot slot) => _slots.RemoveAll(entry => entry.Slot <= slot);

    /// <summary>The accounts as they were at the end of a slot that is not older than the finalized one.</summary>
    public AccountView At(Slot slot)
    {
        var earlier = new Dictionary<Pubkey, ChainAccount?>();
        for (var i = _slots.Count - 1; i >= 0 && _slots[i].Slot > slot; i--)
            foreach (var (key, before) in _slots[i].Replaced) earlier[key] = before;
        return new AccountView(this, earlier);
    }

    private void Set(Pubkey key, ChainAccount? value)
    {
        if (value is null) _accounts.Remove(key);
        else _accounts[key] = value;
    }
}
