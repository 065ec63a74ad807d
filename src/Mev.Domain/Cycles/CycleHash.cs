using System.Security.Cryptography;
using Mev.Domain.Chain;

namespace Mev.Domain.Cycles;

/// <summary>
/// The name of a round trip, whatever mint it starts from: SHA-256("mev-cycle-v1" 0x00 || n u8 || n x (pool key 32 ||
/// direction u8)) over that rotation of the hops whose bytes are the smallest.
/// </summary>
public static class CycleHash
{
    private const int HopLength = Pubkey.Length + 1;

    private static ReadOnlySpan<byte> Prefix => "mev-cycle-v1\0"u8;

    /// <summary>The hash of 1 to 255 hops, equal for each of their rotations.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No hop, or more than 255.</exception>
    public static Digest Of(ReadOnlySpan<Hop> hops)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hops.Length, 1, nameof(hops));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hops.Length, byte.MaxValue, nameof(hops));
        var length = hops.Length * HopLength;
        // The hops twice over: each rotation is a window of it.
        Span<byte> twice = stackalloc byte[2 * length];
        for (var i = 0; i < hops.Length; i++)
        {
            var hop = twice[(i * HopLength)..];
            hops[i].Pool.Address.CopyTo(hop);
            hop[Pubkey.Length] = (byte)hops[i].Direction;
        }
        twice[..length].CopyTo(twice[length..]);
        var smallest = 0;
        for (var start = HopLength; start < length; start += HopLength)
            if (twice.Slice(start, length).SequenceCompareTo(twice.Slice(smallest, length)) < 0) smallest = start;

        Span<byte> input = stackalloc byte[Prefix.Length + 1 + length];
        Prefix.CopyTo(input);
        input[Prefix.Length] = (byte)hops.Length;
        twice.Slice(smallest, length).CopyTo(input[(Prefix.Length + 1)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return new Digest(hash);
    }
}
