using System.Buffers.Binary;
using System.Text;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Orleans;

namespace Mev.Domain.Decisions;

/// <summary>What a strategy is made of: an input of each of its decisions, journalled by content address.</summary>
[GenerateSerializer, Immutable, Alias("mev.strategy-parameters")]
public sealed record StrategyParameters
{
    /// <summary>Longest id, UTF-8 bytes.</summary>
    public const int IdBytesMax = 64;

    // Format 2 ends with the fee of the standard route, format 3 with that and the law of tips where it is not the
    // default. What needs neither is of the first form, so old hashes stay.
    private const int FixedBytes = 1 + 8 + 1 + 1 + 1 + 8 + 8 + 1;

    /// <summary>The strategy's id, for example <c>arb-1</c>; at most 64 bytes of UTF-8.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Rises with every reset: a new epoch has a new random key and the prior. Default 1.</summary>
    [Id(1)] public ulong Epoch { get; init; } = 1;

    /// <summary>The kind of sampler. Default the Beta-Thompson baseline.</summary>
    [Id(2)] public SamplerKind Sampler { get; init; } = SamplerKind.BetaThompson;

    /// <summary>Slots from decision to landing over the standard route. Default 2.</summary>
    [Id(3)] public byte StandardDelaySlots { get; init; } = 2;

    /// <summary>Slots from decision to landing over the fast route. Default 1.</summary>
    [Id(4)] public byte FastDelaySlots { get; init; } = 1;

    /// <summary>What a landing costs beside the tip. Default 5,000 lamports, one signature.</summary>
    [Id(5)] public Lamports LandingFee { get; init; } = new(5_000);

    /// <summary>What a submission over the fast route costs, landed or not. Default 0.</summary>
    [Id(6)] public Lamports FastRouteFee { get; init; }

    /// <summary>What a submission over the standard route costs, landed or not. Default 0.</summary>
    [Id(7)] public Lamports StandardRouteFee { get; init; }

    /// <summary>The competing tips of paper orders. Default September 2024.</summary>
    [Id(8)] public TipFloorLaw TipFloorLaw { get; init; } = TipFloorLaw.September2024;

    private byte Format => this switch
    {
        { TipFloorLaw: not TipFloorLaw.September2024 } => 3,
        { StandardRouteFee.Value: not 0 } => 2,
        _ => 1,
    };

    /// <summary>SHA-256 of the canonical bytes.</summary>
    public Digest Hash => Digest.Of(Encode());

    /// <summary>The canonical bytes, little-endian.</summary>
    public byte[] Encode()
    {
        var id = Encoding.UTF8.GetBytes(Id);
        var idEnd = FixedBytes + id.Length;
        var bytes = new byte[idEnd + TailBytes(Format)];
        bytes[0] = Format;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), Epoch);
        bytes[9] = checked((byte)id.Length);
        bytes[10] = StandardDelaySlots;
        bytes[11] = FastDelaySlots;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), LandingFee.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(20), FastRouteFee.Value);
        bytes[28] = (byte)Sampler;
        id.CopyTo(bytes, FixedBytes);
        if (Format >= 2) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(idEnd), StandardRouteFee.Value);
        if (Format == 3) bytes[^1] = (byte)TipFloorLaw;
        return bytes;
    }

    /// <summary>Reads canonical bytes; null when they are not exactly such parameters.</summary>
    public static StrategyParameters? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes || bytes[0] is not (1 or 2 or 3) || bytes[9] > IdBytesMax) return null;
        var (format, idEnd) = (bytes[0], FixedBytes + bytes[9]);
        if (bytes.Length != idEnd + TailBytes(format)) return null;
        var fee = format >= 2 ? BinaryPrimitives.ReadInt64LittleEndian(bytes[idEnd..]) : 0;
        var law = format == 3 ? (TipFloorLaw)bytes[^1] : TipFloorLaw.September2024;
        if (!Enum.IsDefined(law) || law == TipFloorLaw.Unknown) return null;
        var parameters = new StrategyParameters
        {
            Id = Encoding.UTF8.GetString(bytes[FixedBytes..idEnd]),
            Epoch = BinaryPrimitives.ReadUInt64LittleEndian(bytes[1..]),
            Sampler = (SamplerKind)bytes[28],
            StandardDelaySlots = bytes[10],
            FastDelaySlots = bytes[11],
            LandingFee = new Lamports(BinaryPrimitives.ReadInt64LittleEndian(bytes[12..])),
            FastRouteFee = new Lamports(BinaryPrimitives.ReadInt64LittleEndian(bytes[20..])),
            StandardRouteFee = new Lamports(fee),
            TipFloorLaw = law,
        };
        return parameters.Format == format ? parameters : null; // each value has one form
    }

    private static int TailBytes(byte format) => format switch { 1 => 0, 2 => sizeof(long), _ => sizeof(long) + 1 };
}
