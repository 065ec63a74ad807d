using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>
/// The clock sysvar: slot u64, time of the epoch's start i64, epoch u64, epoch of the leader schedule u64, unix time
/// i64. The chain itself writes it at the beginning of every slot.
/// </summary>
internal static class ClockAccount
{
    private const int Length = 40;
    private const ulong Lamports = 1_169_280; // rent of 40 bytes

    private static readonly Pubkey Sysvars = Pubkey.Parse("Sysvar1111111111111111111111111111111111111");

    /// <summary>Its value in a slot.</summary>
    public static ChainAccount At(ChainBlock block)
    {
        var data = new byte[Length];
        var clock = new ChainClock(block.Slot, block.UnixTime);
        BinaryPrimitives.WriteUInt64LittleEndian(data, block.Slot.Value);
        BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(8), block.UnixTime);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(16), clock.Epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(24), clock.Epoch + 1);
        BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(32), block.UnixTime);
        return new ChainAccount(Programs.ClockSysvar, Sysvars, Lamports, data) { Slot = block.Slot };
    }
}
