using System.Buffers.Binary;
using Mev.Conformance.Reports;
using Mev.Conformance.Vectors;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Conformance.Adapters;

/// <summary>Makes pools of recorded states the way the stream does: by account writes.</summary>
internal static class PoolLoader
{
    /// <summary>
    /// The pool of a state: its pool account decides the class, the others follow. Null, with the cause booked, when
    /// the bytes do not make a quotable pool.
    /// </summary>
    public static TPool? Load<TPool>(PoolStateRecord state, VectorCheck check)
        where TPool : Pool
    {
        var place = state.Accounts.ToList().FindIndex(account => account.Key == state.Pool);
        var pool = place < 0 ? null : PoolDecoder.TryCreate(state.Accounts[place]) as TPool;
        if (pool is null)
        {
            check.Fail("pool", typeof(TPool).Name, "no pool account of that kind");
            return null;
        }
        pool.Apply(state.Accounts[place]);
        foreach (var account in state.Accounts)
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
}
