using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Pools;
using Orleans;

namespace Mev.Domain.Limits;

/// <summary>
/// Limits and permissions that operators set, one immutable version. A decision records the hash of its canonical
/// bytes, which stand in the journal, so what was allowed at the time can be replayed.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.policy-version")]
public sealed record Policy
{
    /// <summary>Quarantined pools at most.</summary>
    public const int QuarantinedPoolsMax = 10_000;

    /// <summary>Caps at most.</summary>
    public const int CapsMax = 256;

    private const int FixedBytes = 1 + 8 + 1 + 8 + 8 + 8 + 4 + 4;
    private const int LossBytes = 4 * 8 + 4 + 8;
    private const byte WithoutLosses = 1; // the losses are those of the default
    private const byte WithLosses = 2;
    private const byte WithCaps = 3; // and with losses, whatever they are

    /// <summary>Rises by one with every change; 0 is the built-in default.</summary>
    [Id(0)] public ulong Version { get; init; }

    /// <summary>Nothing is submitted. Default false.</summary>
    [Id(1)] public bool IsStopped { get; init; }

    /// <summary>
    /// Least value after fixed fees and before the tip that is decided upon. Default 10,000 lamports.
    /// </summary>
    [Id(2)] public Lamports MinimumProfit { get; init; } = new(10_000);

    /// <summary>Largest input of a cycle. Default 1,000 SOL in lamports.</summary>
    [Id(3)] public TokenAmount AmountInMax { get; init; } = new(1_000_000_000_000);

    /// <summary>Largest tip. Default 10 SOL in lamports.</summary>
    [Id(4)] public Lamports TipMax { get; init; } = new(10_000_000_000);

    /// <summary>Open submissions of one strategy at most. Default 64.</summary>
    [Id(5)] public int OpenSubmissionsMax { get; init; } = 64;

    /// <summary>Pools that no cycle may use, ascending by address. Default none.</summary>
    [Id(6)] public ImmutableArray<PoolId> QuarantinedPools { get; init; } = [];

    /// <summary>What each strategy may lose before submitting is stopped.</summary>
    [Id(7)] public LossLimits Losses { get; init; } = new();

    /// <summary>When submitting was last resumed, Unix milliseconds: only later losses count. Default 0.</summary>
    [Id(8)] public long ResumedMs { get; init; }

    /// <summary>
    /// Limits of single strategies, wallets, pools and tokens beside those of all, ascending. Default none.
    /// </summary>
    [Id(9)] public ImmutableArray<Cap> Caps { get; init; } = [];

    /// <summary>
    /// Why it cannot be put in force: the field, its value and what is allowed; null when it can.
    /// </summary>
    public string? Refusal()
    {
        if (MinimumProfit.Value < 0) return $"MinimumProfit is {MinimumProfit.Value}; allowed are 0 lamports and more";
        if (TipMax.Value < 0) return $"TipMax is {TipMax.Value}; allowed are 0 lamports and more";
        if (OpenSubmissionsMax < 0) return $"OpenSubmissionsMax is {OpenSubmissionsMax}; allowed are 0 and more";
        if (Losses.Refusal() is { } refusal) return refusal;
        if (QuarantinedPools.IsDefault) return "QuarantinedPools is not set; allowed is a list, also an empty one";
        if (QuarantinedPools.Length > QuarantinedPoolsMax)
            return $"QuarantinedPools has {QuarantinedPools.Length} pools; allowed are {QuarantinedPoolsMax}";
        for (var i = 1; i < QuarantinedPools.Length; i++)
        {
            if (QuarantinedPools[i - 1].CompareTo(QuarantinedPools[i]) >= 0)
                return $"QuarantinedPools has {QuarantinedPools[i]} at {i}; allowed are pools ascending, each once";
        }
        return CapsRefusal();
    }

    /// <summary>SHA-256 of the canonical bytes.</summary>
    public Digest Hash => Digest.Of(Encode());

    /// <summary>
    /// The canonical bytes, little-endian in the order of the properties; caps where there are none are left out, and
    /// then losses that are the default's, never resumed.
    /// </summary>
    public byte[] Encode()
    {
        var pools = Pubkey.Length * QuarantinedPools.Length;
        var losses = Format == WithoutLosses ? 0 : LossBytes;
        var bytes = new byte[FixedBytes + pools + losses + CapBytes.LengthOf(Caps)];
        bytes[0] = Format;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), Version);
        bytes[9] = IsStopped ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(10), MinimumProfit.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(18), AmountInMax.Units);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(26), TipMax.Value);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(34), OpenSubmissionsMax);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(38), QuarantinedPools.Length);
        for (var i = 0; i < QuarantinedPools.Length; i++)
            QuarantinedPools[i].Address.CopyTo(bytes.AsSpan(FixedBytes + Pubkey.Length * i));
        if (losses > 0) WriteLosses(bytes.AsSpan(FixedBytes + pools));
        CapBytes.Write(Caps, bytes.AsSpan(FixedBytes + pools + losses));
        return bytes;
    }

    /// <summary>Reads canonical bytes; null when they are not exactly a policy of a known format.</summary>
    public static Policy? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes || bytes[0] is < WithoutLosses or > WithCaps) return null;
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[38..]);
        if (count is < 0 or > QuarantinedPoolsMax) return null;
        var losses = FixedBytes + Pubkey.Length * count;
        var caps = losses + (bytes[0] == WithoutLosses ? 0 : LossBytes);
        if (bytes.Length < caps || (bytes[0] != WithCaps && bytes.Length > caps)) return null;
        var quarantined = ImmutableArray.CreateBuilder<PoolId>(count);
        for (var i = 0; i < count; i++)
            quarantined.Add(new PoolId(new Pubkey(bytes[(FixedBytes + Pubkey.Length * i)..])));
        var policy = new Policy
        {
            Version = BinaryPrimitives.ReadUInt64LittleEndian(bytes[1..]),
            IsStopped = bytes[9] != 0,
            MinimumProfit = new Lamports(BinaryPrimitives.ReadInt64LittleEndian(bytes[10..])),
            AmountInMax = new TokenAmount(BinaryPrimitives.ReadUInt64LittleEndian(bytes[18..])),
            TipMax = new Lamports(BinaryPrimitives.ReadInt64LittleEndian(bytes[26..])),
            OpenSubmissionsMax = BinaryPrimitives.ReadInt32LittleEndian(bytes[34..]),
            QuarantinedPools = quarantined.MoveToImmutable(),
        };
        if (bytes[0] == WithoutLosses) return policy;
        policy = ReadLosses(policy, bytes[losses..]);
        if (bytes[0] == WithCaps)
            return CapBytes.Read(bytes[caps..]) is { } read ? policy with { Caps = read } : null;
        return policy.HasLosses ? policy : null; // that is the first form's to say
    }

    private byte Format => !Caps.IsEmpty ? WithCaps : HasLosses ? WithLosses : WithoutLosses;

    private string? CapsRefusal()
    {
        if (Caps.IsDefault) return "Caps is not set; allowed is a list, also an empty one";
        if (Caps.Length > CapsMax) return $"Caps has {Caps.Length} caps; allowed are {CapsMax}";
        for (var i = 0; i < Caps.Length; i++)
        {
            if (Caps[i].Refusal() is { } refusal) return refusal;
            if (i > 0 && Caps[i - 1].CompareTo(Caps[i]) >= 0)
                return $"Caps has {Caps[i].Scope} '{Caps[i].Subject}' at {i}; allowed are caps ascending, each once";
        }
        return null;
    }

    private bool HasLosses => ResumedMs != 0 || Losses != new LossLimits();

    private void WriteLosses(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Losses.TradeMax.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Losses.HourMax.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Losses.DayMax.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], Losses.DrawdownMax.Value);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], Losses.FailuresMax);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[36..], ResumedMs);
    }

    private static Policy ReadLosses(Policy policy, ReadOnlySpan<byte> bytes) => policy with
    {
        Losses = new LossLimits
        {
            TradeMax = new Lamports(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            HourMax = new Lamports(BinaryPrimitives.ReadInt64LittleEndian(bytes[8..])),
            DayMax = new Lamports(BinaryPrimitives.ReadInt64LittleEndian(bytes[16..])),
            DrawdownMax = new Lamports(BinaryPrimitives.ReadInt64LittleEndian(bytes[24..])),
            FailuresMax = BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]),
        },
        ResumedMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[36..]),
    };
}
