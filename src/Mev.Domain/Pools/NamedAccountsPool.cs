using Mev.Domain.Chain;

namespace Mev.Domain.Pools;

/// <summary>
/// A pool whose pool account, or a constant of its program, names all its other accounts: the list of them, their
/// writes and copies.
/// </summary>
public abstract class NamedAccountsPool : Pool
{
    /// <summary>
    /// Upper bounds in floating point are raised by this factor: more than some rounded operations can lose.
    /// </summary>
    protected const double RoundingMargin = 1 + 1e-14;

    private readonly PoolAccount[] _accounts;
    private int _count = 1;

    /// <summary>A pool without bytes.</summary>
    protected NamedAccountsPool(PoolId id, Protocol protocol, int accountsMax)
        : base(id, protocol)
    {
        _accounts = new PoolAccount[accountsMax];
        _accounts[0] = new PoolAccount(id.Address);
    }

    /// <inheritdoc/>
    public sealed override ReadOnlySpan<PoolAccount> Accounts => _accounts.AsSpan(0, _count);

    /// <inheritdoc/>
    public sealed override bool Take(in AccountWrite write)
    {
        for (var index = 0; index < _count; index++)
        {
            if (_accounts[index].Key != write.Key) continue;
            _accounts[index].Set(write);
            if (index == 0) Name(_accounts[0]);
            return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public sealed override void Settle() => Defect = Decode();

    /// <inheritdoc/>
    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts)
    {
        var count = 0;
        foreach (var account in Accounts)
            if (account.Exists && count < accounts.Length) accounts[count++] = account;
        return count;
    }

    /// <inheritdoc/>
    public sealed override void CopyFrom(Pool source)
    {
        if (source is not NamedAccountsPool pool || pool.Protocol != Protocol || pool.Id != Id)
            throw new ArgumentException($"pool {source.Id} of {source.Protocol} is not {Id} of {Protocol}");
        for (var index = 0; index < pool._count; index++)
        {
            var account = pool._accounts[index];
            if (index >= _count || _accounts[index].Key != account.Key) _accounts[index] = new PoolAccount(account.Key);
            _accounts[index].CopyFrom(account);
        }
        _count = pool._count;
        (MintA, MintB, Defect) = (pool.MintA, pool.MintB, pool.Defect);
        CopyState(pool);
    }

    /// <summary>Reads the mints and names the further accounts, when the bytes are a pool account's.</summary>
    protected abstract void Name(PoolAccount pool);

    /// <summary>Decodes all accounts anew, says what is wrong.</summary>
    protected abstract PoolDefect Decode();

    /// <summary>Takes over the decoded fields of a pool of the same class.</summary>
    protected abstract void CopyState(NamedAccountsPool source);

    /// <summary>The account at a place in the list.</summary>
    protected PoolAccount Account(int index) => _accounts[index];

    /// <summary>The accounts after the pool account are these; one whose key stays keeps its bytes.</summary>
    protected void NameAccounts(ReadOnlySpan<Pubkey> keys)
    {
        for (var index = 0; index < keys.Length; index++)
        {
            var place = index + 1;
            if (place >= _count || _accounts[place].Key != keys[index])
                _accounts[place] = new PoolAccount(keys[index]);
        }
        _count = keys.Length + 1;
    }

    /// <summary>
    /// Gives the accounts that a swap changed their new versions, in that order, and decodes all of them.
    /// </summary>
    protected void Stamp(ReadOnlySpan<int> places, Slot slot, ulong writeVersion)
    {
        for (var i = 0; i < places.Length; i++) _accounts[places[i]].Stamp(slot, writeVersion + (ulong)i);
        Defect = Decode();
    }
}
