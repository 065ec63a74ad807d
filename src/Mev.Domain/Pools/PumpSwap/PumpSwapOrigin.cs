using System.Security.Cryptography;
using Mev.Domain.Chain;

namespace Mev.Domain.Pools.PumpSwap;

/// <summary>Whether a pool's coin comes from the bonding curve, which pays fees by market capitalisation.</summary>
internal static class PumpSwapOrigin
{
    private static ReadOnlySpan<byte> Seed => "pool-authority"u8;

    private static ReadOnlySpan<byte> Marker => "ProgramDerivedAddress"u8;

    /// <summary>
    /// The creator is the address that the bonding curve derives from the base mint. The bump is not asked for: only
    /// the program can sign for such an address, and it does so with one bump alone.
    /// </summary>
    public static bool IsBondingCurve(Pubkey creator, Pubkey baseMint)
    {
        var bumpAt = Seed.Length + Pubkey.Length;
        Span<byte> seeds = stackalloc byte[bumpAt + 1 + Pubkey.Length + Marker.Length];
        Seed.CopyTo(seeds);
        baseMint.CopyTo(seeds[Seed.Length..]);
        Programs.PumpCurve.CopyTo(seeds[(bumpAt + 1)..]);
        Marker.CopyTo(seeds[(bumpAt + 1 + Pubkey.Length)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var bump = (int)byte.MaxValue; bump >= 0; bump--)
        {
            seeds[bumpAt] = (byte)bump;
            SHA256.HashData(seeds, hash);
            if (new Pubkey(hash) == creator) return true;
        }
        return false;
    }
}
