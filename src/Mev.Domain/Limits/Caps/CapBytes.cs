using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Mev.Domain.Limits.Caps;

/// <summary>
/// Caps in a policy's canonical bytes: how many, then scope, rule, length and text of the subject, and the limit.
/// </summary>
internal static class CapBytes
{
    private const int CountBytes = 4;
    private const int HeadBytes = 1 + 1 + 1;
    private const int FixedBytes = HeadBytes + 8;

    public static int LengthOf(ImmutableArray<Cap> caps) =>
        caps.IsEmpty ? 0 : CountBytes + caps.Sum(cap => FixedBytes + Encoding.UTF8.GetByteCount(cap.Subject));

    public static void Write(ImmutableArray<Cap> caps, Span<byte> bytes)
    {
        if (caps.IsEmpty) return;
        BinaryPrimitives.WriteInt32LittleEndian(bytes, caps.Length);
        bytes = bytes[CountBytes..];
        foreach (var cap in caps)
        {
            var length = Encoding.UTF8.GetBytes(cap.Subject, bytes[HeadBytes..]);
            (bytes[0], bytes[1], bytes[2]) = ((byte)cap.Scope, (byte)cap.Rule, (byte)length);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(HeadBytes + length)..], cap.Most);
            bytes = bytes[(FixedBytes + length)..];
        }
    }

    /// <summary>Exactly these bytes, at least one cap, in their order; null when they are anything else.</summary>
    public static ImmutableArray<Cap>? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < CountBytes) return null;
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (count is < 1 or > Policy.CapsMax) return null;
        bytes = bytes[CountBytes..];
        var caps = ImmutableArray.CreateBuilder<Cap>(count);
        for (var i = 0; i < count; i++)
        {
            if (bytes.Length < FixedBytes || bytes.Length < FixedBytes + bytes[2]) return null;
            var length = bytes[2];
            var subject = bytes.Slice(HeadBytes, length);
            var cap = new Cap(
                (CapScope)bytes[0], Encoding.UTF8.GetString(subject), (LimitRule)bytes[1],
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[(HeadBytes + length)..]));
            if (!Encoding.UTF8.GetBytes(cap.Subject).AsSpan().SequenceEqual(subject) || cap.Refusal() is not null)
                return null;
            if (i > 0 && caps[i - 1].CompareTo(cap) >= 0) return null;
            caps.Add(cap);
            bytes = bytes[(FixedBytes + length)..];
        }
        return bytes.IsEmpty ? caps.MoveToImmutable() : null;
    }
}
