using System.Security.Cryptography;

namespace Mev.Domain.Chain;

/// <summary>
/// An address that a program controls because no key can: a SHA-256 of seeds that is not a point of the Ed25519 curve
/// (Solana's public documentation of program-derived addresses).
/// </summary>
/// <param name="Address">The address.</param>
/// <param name="Bump">The byte after the seeds that made the hash miss the curve.</param>
public readonly record struct ProgramAddress(Pubkey Address, byte Bump)
{
    /// <summary>Seeds at most, without the bump, which is the sixteenth.</summary>
    public const int SeedsMax = 15;

    /// <summary>Bytes of one seed at most.</summary>
    public const int SeedLengthMax = 32;

    private static ReadOnlySpan<byte> Marker => "ProgramDerivedAddress"u8;

    /// <summary>The address with the greatest bump that misses the curve, as every program derives it.</summary>
    /// <exception cref="ArgumentException">Too many seeds, or one that is too long.</exception>
    public static ProgramAddress Find(Pubkey program, params ReadOnlySpan<byte[]> seeds)
    {
        Span<byte> input = stackalloc byte[SeedsMax * SeedLengthMax + 1 + Pubkey.Length + Marker.Length];
        var length = Join(seeds, input);
        program.CopyTo(input[(length + 1)..]);
        Marker.CopyTo(input[(length + 1 + Pubkey.Length)..]);
        input = input[..(length + 1 + Pubkey.Length + Marker.Length)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var bump = (int)byte.MaxValue; bump >= 0; bump--)
        {
            input[length] = (byte)bump;
            SHA256.HashData(input, hash);
            if (!CurvePoint.IsOnCurve(hash)) return new ProgramAddress(new Pubkey(hash), (byte)bump);
        }
        throw new ArgumentException("every bump gives a point of the curve", nameof(seeds)); // probability 2^-256
    }

    private static int Join(ReadOnlySpan<byte[]> seeds, Span<byte> input)
    {
        if (seeds.Length > SeedsMax) throw new ArgumentException($"{seeds.Length} seeds", nameof(seeds));
        var length = 0;
        foreach (var seed in seeds)
        {
            if (seed.Length > SeedLengthMax)
                throw new ArgumentException($"a seed of {seed.Length} bytes", nameof(seeds));
            seed.CopyTo(input[length..]);
            length += seed.Length;
        }
        return length;
    }
}
