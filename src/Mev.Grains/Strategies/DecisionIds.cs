using System.Buffers.Binary;
using System.Security.Cryptography;
using Mev.Domain.Decisions;

namespace Mev.Grains.Strategies;

/// <summary>
/// Makes decision ids: UUIDv7 that rise with every call, so that an index on them is appended in order. Inside a
/// millisecond the random part counts on (RFC 9562, monotonic random). The one place where the host makes an id; the
/// record carries it as an input.
/// </summary>
public sealed class DecisionIds(TimeProvider time)
{
    private const ulong Version7 = 0x7000;
    private const ulong Variant = 0x8000_0000_0000_0000;
    private const ulong RandomMask = Variant - 1 >> 2; // the top bit stays free, so that counting on finds room

    private readonly Lock _gate = new();
    private long _milliseconds;
    private ulong _high;
    private ulong _low;

    /// <summary>The next id.</summary>
    public DecisionId Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            if (now > _milliseconds) Begin(now);
            _low++;
            BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low);
        }
        return DecisionId.From(bytes);
    }

    private void Begin(long now)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        _milliseconds = now;
        _high = (ulong)now << 16 | Version7 | (BinaryPrimitives.ReadUInt16BigEndian(random) & 0xFFFUL);
        _low = Variant | (BinaryPrimitives.ReadUInt64BigEndian(random[2..]) & RandomMask);
    }
}
