using Mev.Domain.Chain;

namespace Mev.Domain.Pools.ConstantProduct;

/// <summary>
/// A pool of two vaults whose product of reserves never falls: the pool account names the others. What is common to the
/// Raydium programs of that kind: the list of accounts, their writes and copies.
/// </summary>
public abstract class ConstantProductPool : Pool
{
    /// <summary>
    /// Upper bounds in floating point are raised by this factor: more than some rounded operations can lose.
    /// </summary>
    protected const double RoundingMargin = 1 + 1e-14;

    private readonly PoolAccount[] _accounts;
    private int _count = 1;

    /// <summary>A pool without bytes.</summary>
    protected ConstantProductPool(PoolId id, Protocol protocol, int accountsMax)
        : base(id, protocol)
    {
        _accounts = new PoolAccount[accountsMax];
        _accounts[0] = new PoolAccount(id.Address);
    }

    /// <inheritdoc/>
    public sealed override ReadOnlySpan<PoolAccount> Accounts => _accounts.AsSpan(0, _count);

    /// <summary>Units of mint A that swaps count on: the vault less what is owed. 0 while defective.</summary>
    public abstract TokenAmount ReserveA { get; }

    /// <summary>Units of mint B that swaps count on. 0 while defective.</summary>
    public abstract TokenAmount ReserveB { get; }

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
    public sealed override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion) =>
        ExecuteSwap(direction, amountIn, isExactIn: true, clock, writeVersion);

    /// <summary>The same as <see cref="Execute"/> for a wanted output.</summary>
    public Quote ExecuteExactOut(
        SwapDirection direction, TokenAmount amountOut, in ChainClock clock, ulong writeVersion) =>
        ExecuteSwap(direction, amountOut, isExactIn: false, clock, writeVersion);

    /// <inheritdoc/>
    public sealed override void CopyFrom(Pool source)
    {
        if (source is not ConstantProductPool pool || pool.Protocol != Protocol || pool.Id != Id)
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
    protected abstract void CopyState(ConstantProductPool source);

    /// <summary>Executes a swap on the bytes; on an error nothing changes.</summary>
    protected abstract Quote ExecuteSwap(
        SwapDirection direction, TokenAmount amount, bool isExactIn, in ChainClock clock, ulong writeVersion);

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

    /// <summary>Gives the pool account and the vaults their new versions after a swap, and decodes them.</summary>
    protected void Stamp(int vaultA, int vaultB, Slot slot, ulong writeVersion)
    {
        _accounts[0].Stamp(slot, writeVersion);
        _accounts[vaultA].Stamp(slot, writeVersion + 1);
        _accounts[vaultB].Stamp(slot, writeVersion + 2);
        Defect = Decode();
    }
}
