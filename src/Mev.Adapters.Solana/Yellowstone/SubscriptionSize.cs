using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// The bytes of a subscription's request as it grows, so that it stays within what a server takes. What is fixed is
/// measured, what is added is reckoned from above.
/// </summary>
/// <param name="bytesMax">Bound of the request.</param>
/// <param name="fixedBytes">Bytes of the request with what is watched from the beginning.</param>
internal sealed class SubscriptionSize(int bytesMax, int fixedBytes)
{
    /// <summary>
    /// Most bytes of a pool that is watched alone: its address as an account and in the filter of transactions, and two
    /// filters for its parts.
    /// </summary>
    public const int OfPoolMax = 2 * OfKeyMax + 2 * OfPartMax;

    private const int OfKeyMax = 46; // 44 letters of base58, tag and length
    private const int OfPartMax = 192; // name and owner in base58, length, offset and 32 bytes, with their tags
    private const int Lengths = 16; // those of the filters around it take more bytes as they grow

    private int _bytes = fixedBytes + Lengths;

    /// <summary>Filters for parts of a pool, which stay within what its options were checked for.</summary>
    public void AddParts(int count) => _bytes += count * OfPartMax;

    /// <summary>Room for an account; false, and nothing changes, where there is none.</summary>
    public bool TryAddKey(Pubkey key)
    {
        var bytes = 2 + key.ToString().Length;
        if (bytes > bytesMax - _bytes) return false;
        _bytes += bytes;
        return true;
    }
}
