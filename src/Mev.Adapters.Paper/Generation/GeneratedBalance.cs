using System.Buffers.Binary;
using Mev.Domain.Pools.Tokens;

namespace Mev.Adapters.Paper.Generation;

/// <summary>The lamports of an account: its rent and, in a WSOL vault, what is wrapped.</summary>
/// <param name="Rent">Rent-exempt minimum.</param>
/// <param name="IsWrapped">It is a token account of WSOL.</param>
internal readonly record struct GeneratedBalance(ulong Rent, bool IsWrapped)
{
    /// <summary>The lamports with those bytes.</summary>
    public ulong Of(ReadOnlySpan<byte> data) =>
        IsWrapped ? Rent + BinaryPrimitives.ReadUInt64LittleEndian(data[TokenLayout.AccountAmount..]) : Rent;
}
