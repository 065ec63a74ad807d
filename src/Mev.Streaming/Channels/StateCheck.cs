using Mev.Streaming.Frames;

namespace Mev.Streaming.Channels;

/// <summary>What a state adds up to: equal states have equal ones.</summary>
/// <param name="Seq">The last number that it includes.</param>
/// <param name="Sum">CRC-32C of the entries ascending by key, each length and bytes of key and value.</param>
/// <param name="Entries">How many there are.</param>
public sealed record StateCheck(ulong Seq, uint Sum, uint Entries)
{
    /// <summary>The check of the state without an entry.</summary>
    public static StateCheck OfNothing { get; } = new(0, 0, 0);

    /// <summary>The check of entries in whatever order, each key once.</summary>
    public static StateCheck Of(ulong seq, IEnumerable<StreamMessage> entries) => Of(
        seq, [.. entries.OrderBy(entry => entry.Key, KeyOrder.Bytes).Select(entry => (entry.Key, entry.Value))]);

    /// <summary>The check of entries that ascend by key.</summary>
    public static StateCheck Of(
        ulong seq, IReadOnlyCollection<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> ascending)
    {
        var sum = new Crc32C();
        foreach (var (key, value) in ascending)
        {
            sum.AddPrefixed(key.Span);
            sum.AddPrefixed(value.Span);
        }
        return new StateCheck(seq, sum.Value, (uint)ascending.Count);
    }
}
