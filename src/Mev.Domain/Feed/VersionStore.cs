using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mev.Domain.Feed;

/// <summary>
/// Holds account versions, header and bytes together, in places of a few sizes that are used again. The places lie in
/// large blocks that are never moved and hold no references: however many versions live, the collector has a handful
/// of objects to look at, and a steady stream of writes makes no garbage. Blocks are not given back.
/// </summary>
internal sealed class VersionStore
{
    /// <summary>No place.</summary>
    public const int None = -1;

    /// <summary>Longest account that a place holds.</summary>
    public const int BytesMax = 16_384;

    private const int SizeBits = 3;
    private const int PlacesBits = 8;
    private const int PlacesPerBlock = 1 << PlacesBits; // blocks of 90 KiB to 4 MiB: all of them large objects

    // Token accounts (165), extended ones and configs (236), pools (637, 653, 752), large pools, tick arrays (9,988).
    private static readonly int[] Sizes = [256, 384, 768, 2_048, 4_096, 10_240, BytesMax];
    private static readonly int HeaderBytes = Unsafe.SizeOf<AccountVersion>();

    private readonly List<byte[]>[] _blocks = Array.ConvertAll(Sizes, static _ => new List<byte[]>());
    private readonly Stack<int>[] _free = Array.ConvertAll(Sizes, static _ => new Stack<int>());

    /// <summary>A free place for that many bytes of account data; the header is not cleared.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="BytesMax"/>.</exception>
    public int Rent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, BytesMax);
        var size = 0;
        while (Sizes[size] < length) size++;
        if (_free[size].Count == 0) AddBlock(size);
        return _free[size].Pop();
    }

    /// <summary>Takes a place back.</summary>
    public void Return(int place) => _free[SizeOf(place)].Push(place);

    /// <summary>The place can hold that many bytes.</summary>
    public static bool Fits(int place, int length) => length <= Sizes[SizeOf(place)];

    /// <summary>The version in a place.</summary>
    public ref AccountVersion this[int place]
    {
        get
        {
            var block = Block(place, out var at);
            return ref Unsafe.As<byte, AccountVersion>(ref block.AsSpan(at, HeaderBytes)[0]);
        }
    }

    /// <summary>Room for the account's bytes; valid as long as the place is.</summary>
    public Memory<byte> Bytes(int place, int length)
    {
        var block = Block(place, out var at);
        return block.AsMemory(at + HeaderBytes, length);
    }

    private static int SizeOf(int place) => place & ((1 << SizeBits) - 1);

    private byte[] Block(int place, out int at)
    {
        var (size, number) = (SizeOf(place), place >> SizeBits);
        at = (number & (PlacesPerBlock - 1)) * (HeaderBytes + Sizes[size]);
        return CollectionsMarshal.AsSpan(_blocks[size])[number >> PlacesBits];
    }

    private void AddBlock(int size)
    {
        var first = _blocks[size].Count << PlacesBits;
        _blocks[size].Add(GC.AllocateUninitializedArray<byte>(PlacesPerBlock * (HeaderBytes + Sizes[size])));
        for (var i = PlacesPerBlock - 1; i >= 0; i--) _free[size].Push(((first + i) << SizeBits) | size);
    }
}
