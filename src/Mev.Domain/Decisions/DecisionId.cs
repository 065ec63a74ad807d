using Orleans;

namespace Mev.Domain.Decisions;

/// <summary>Names one strategy's decision: a UUIDv7 made by the host, an input of the kernel's record.</summary>
[GenerateSerializer, Immutable, Alias("mev.decision-id")]
public readonly record struct DecisionId([property: Id(0)] Guid Value)
{
    /// <summary>The 16 bytes in network order, which sort by time.</summary>
    public byte[] ToArray() => Value.ToByteArray(bigEndian: true);

    /// <summary>Reads 16 bytes in network order.</summary>
    public static DecisionId From(ReadOnlySpan<byte> bytes) => new(new Guid(bytes, bigEndian: true));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
