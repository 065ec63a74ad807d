using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <content>Which bin arrays an instruction may name beside those that its quote walks.</content>
public sealed partial class MeteoraDlmmPool
{
    /// <summary>The address of a pair's bin array (the program's published interface).</summary>
    public static Pubkey ArrayAddress(Pubkey pair, int index)
    {
        var number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, index);
        return ProgramAddress.Find(Programs.MeteoraDlmm, "bin_array"u8.ToArray(), pair.ToArray(), number).Address;
    }

    /// <summary>
    /// The nearest array with liquidity that the active bin gets to when it moves against a swap, by the bytes of the
    /// pair account; null where the pair's own bitmap names none.
    /// </summary>
    public static int? ArrayBehind(ReadOnlySpan<byte> pair, SwapDirection direction)
    {
        var isDown = direction == SwapDirection.AToB;
        var active = MeteoraDlmmState.ArrayOf(AccountBytes.I32(pair, MeteoraDlmmLayout.ActiveBin));
        var from = active + (isDown ? 1 : -1);
        return BinArrayBitmap.TryFind(pair, from, isDown: !isDown, out var index) ? index : null;
    }
}
