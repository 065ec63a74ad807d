using System.Buffers.Binary;

namespace Mev.Benchmarks.Loads;

/// <summary>
/// What one transaction writes of one pool. Each time it is sent a counter is put where the program keeps one that
/// quotes do not depend on, so that no two updates have the same bytes.
/// </summary>
/// <param name="Writes">The accounts.</param>
/// <param name="PayingHops">Hops of all cycles that pass the filter in this state, summed.</param>
/// <param name="CounterAt">Offset of the counter in the last write.</param>
internal sealed record PoolVariant(LoadWrite[] Writes, int PayingHops, int CounterAt)
{
    public void Stamp(ulong counter) =>
        BinaryPrimitives.WriteUInt64LittleEndian(Writes[^1].Data.AsSpan(CounterAt), counter);
}
