using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Domain.Chain;
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

    private const int FixedBytes = 1 + 8 + 1 + 8 + 8 + 8 + 4 + 4;
    private const int LossBytes = 4 * 8 + 4 + 8;
    private const byte WithoutLosses = 1; // the losses are those of the default
    private const byte WithLosses = 2;

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
        return null;
    }

    /// <summary>SHA-256 of the canonical bytes.</summary>
    public Digest Hash => Digest.Of(Encode());

    /// <summary>
    /// The canonical bytes, little-endian in the order of the properties; losses that are the default's, never resumed,
    /// are left out.
    /// </summary>
    public byte[] Encode()
    {
        var pools = Pubkey.Length * QuarantinedPools.Length;
        var bytes = new byte[FixedBytes + pools + (HasLosses ? LossBytes : 0)];
        bytes[0] = HasLosses ? WithLosses : WithoutLosses;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), Version);
        bytes[9] = IsStopped ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(10), MinimumProfit.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(18), AmountInMax.Units);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(26), TipMax.Value);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(34), OpenSubmissionsMax);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(38), QuarantinedPools.Length);
        for (var i = 0; i < QuarantinedPools.Length; i++)
            QuarantinedPools[i].Address.CopyTo(bytes.AsSpan(FixedBytes + Pubkey.Length * i));
        if (HasLosses) WriteLosses(bytes.AsSpan(FixedBytes + pools));
        return bytes;
    }

    /// <summary>Reads canonical bytes; null when they are not exactly a policy of a known format.</summary>
    public static Policy? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes || bytes[0] is not (WithoutLosses or WithLosses)) return null;
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[38..]);
        if (count is < 0 or > QuarantinedPoolsMax) return null;
        var hasLosses = bytes[0] == WithLosses;
        var losses = FixedBytes + Pubkey.Length * count;
        if (bytes.Length != losses + (hasLosses ? LossBytes : 0)) return null;
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
        if (!hasLosses) return policy;
        policy = ReadLosses(policy, bytes[losses..]);
        return policy.HasLosses ? policy : null; // that is the first form's to say
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
