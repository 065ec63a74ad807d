using System.Buffers.Binary;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Conformance.Adapters;

/// <summary>Makes pools of recorded states the way the stream does: by account writes.</summary>
internal static class PoolLoader
{
    /// <summary>The program that made the vectors of Raydium CLMM: the same code under its development id.</summary>
    private static readonly Pubkey RaydiumClmmDevelopment =
        Pubkey.Parse("devi51mZmdwUJGU9hjN27vEz64Gps7uUefqxg27EAtH");

    /// <summary>
    /// The pool of a state: its pool account decides the class, the others follow. Null, with the cause booked, when
    /// the bytes do not make a quotable pool.
    /// </summary>
    public static TPool? Load<TPool>(PoolStateRecord state, VectorCheck check)
        where TPool : Pool
    {
        var accounts = state.Accounts.Select(AsDeployed).ToList();
        var place = accounts.FindIndex(account => account.Key == state.Pool);
        var pool = place < 0 ? null : PoolDecoder.TryCreate(accounts[place]) as TPool;
        if (pool is null)
        {
            check.Fail("pool", typeof(TPool).Name, "no pool account of that kind");
            return null;
        }
        pool.Apply(accounts[place]);
        foreach (var account in accounts)
            if (account.Key != state.Pool) pool.Apply(account);
        if (pool.Defect == PoolDefect.None) return pool;
        check.Fail("pool", "quotable", pool.Defect.ToString());
        return null;
    }

    /// <summary>The u64 at an offset of one of the pool's accounts.</summary>
    public static ulong Field(Pool pool, Pubkey key, int offset)
    {
        foreach (var account in pool.Accounts)
        {
            if (account.Key == key) return BinaryPrimitives.ReadUInt64LittleEndian(account.Data[offset..]);
        }
        throw new KeyNotFoundException($"{pool.Id} has no account {key}");
    }

    private static AccountWrite AsDeployed(AccountWrite account) =>
        account.Owner == RaydiumClmmDevelopment ? account with { Owner = Programs.RaydiumClmm } : account;
}
