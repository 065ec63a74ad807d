using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Domain.Cycles;

/// <summary>Bounds of sizing one cycle. A record names them by the hash of their canonical bytes.</summary>
public sealed record SizingLimits
{
    private const int EncodedBytes = 1 + 8 + 4 + 8 + 4 + 4;
    private const byte Format = 1;
    private const int QuotesLimit = 1 << 20;

    /// <summary>Most units of the base mint that may go in (the capital at hand). Default and highest 2^63-1.</summary>
    public TokenAmount InputMax { get; init; } = new(long.MaxValue);

    /// <summary>
    /// Exact quotes after which no further stair is tried, 8 to 1,048,576. Default 2,048: one in twenty cycles over
    /// coarse mints comes to it, others need a few; with half of it one in some thousands loses more than 200 units.
    /// </summary>
    public int QuotesMax { get; init; } = 2_048;

    /// <summary>A gap to the bound of up to this many units ends the search. Default 20.</summary>
    public long GapUnits { get; init; } = 20;

    /// <summary>A gap of up to this share of the profit ends the search, in millionths. Default 20.</summary>
    public int GapPartsPerMillion { get; init; } = 20;

    /// <summary>
    /// Most ticks crossed over all hops. Default 160: three swaps of about 41,000 compute units and 7,520 for each
    /// tick stay below the 1,400,000 of a transaction, as do three of about 62,000 and 6,200 for each DLMM bin.
    /// </summary>
    public int TicksCrossedMax { get; init; } = 160;

    /// <summary>Every limit is in its range.</summary>
    public bool IsInRange =>
        InputMax.Units <= long.MaxValue && QuotesMax is >= 8 and <= QuotesLimit
        && GapUnits >= 0 && GapPartsPerMillion >= 0 && TicksCrossedMax >= 0;

    /// <summary>SHA-256 of the canonical bytes.</summary>
    public Digest Hash => Digest.Of(Encode());

    /// <summary>The canonical bytes, little-endian in the order of the properties.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[EncodedBytes];
        bytes[0] = Format;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), InputMax.Units);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(9), QuotesMax);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(13), GapUnits);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(21), GapPartsPerMillion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(25), TicksCrossedMax);
        return bytes;
    }

    /// <summary>Reads canonical bytes; null when they are not exactly such limits, each in its range.</summary>
    public static SizingLimits? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != EncodedBytes || bytes[0] != Format) return null;
        var limits = new SizingLimits
        {
            InputMax = new TokenAmount(BinaryPrimitives.ReadUInt64LittleEndian(bytes[1..])),
            QuotesMax = BinaryPrimitives.ReadInt32LittleEndian(bytes[9..]),
            GapUnits = BinaryPrimitives.ReadInt64LittleEndian(bytes[13..]),
            GapPartsPerMillion = BinaryPrimitives.ReadInt32LittleEndian(bytes[21..]),
            TicksCrossedMax = BinaryPrimitives.ReadInt32LittleEndian(bytes[25..]),
        };
        return limits.IsInRange ? limits : null;
    }
}
