using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orleans;

namespace Mev.Domain.Learning;

/// <summary>
/// The generator's key of one strategy in one epoch. A reset or a change of the prior starts a new epoch and thereby
/// new numbers.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.random-key")]
public readonly record struct RandomKey([property: Id(0)] ulong Value)
{
    /// <summary>
    /// First 8 bytes, little-endian, of SHA-256("mev-rng-v1", 0, strategy id in UTF-8, 0, epoch as u64 LE).
    /// </summary>
    public static RandomKey Of(string strategyId, ulong epoch)
    {
        ArgumentException.ThrowIfNullOrEmpty(strategyId);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("mev-rng-v1\0"u8);
        hash.AppendData(Encoding.UTF8.GetBytes(strategyId));
        Span<byte> tail = stackalloc byte[1 + sizeof(ulong)];
        tail[0] = 0;
        BinaryPrimitives.WriteUInt64LittleEndian(tail[1..], epoch);
        hash.AppendData(tail);
        return new RandomKey(BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset()));
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
