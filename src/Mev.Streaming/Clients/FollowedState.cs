using Mev.Streaming.Channels;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Clients;

/// <summary>The state of a conflated channel as a client has it: values by key.</summary>
public sealed class FollowedState
{
    private readonly SortedDictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> _values = new(KeyOrder.Bytes);

    /// <summary>The values, ascending by key.</summary>
    public IReadOnlyDictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Values => _values;

    internal void Clear() => _values.Clear();

    internal void Set(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) => _values[key] = value;

    internal void Remove(ReadOnlyMemory<byte> key) => _values.Remove(key);

    internal StateCheck Check(ulong seq) => StateCheck.Of(seq, [.. _values.Select(pair => (pair.Key, pair.Value))]);
}
