using System.Buffers.Binary;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>
/// A nonce account (public source of the system program; little-endian, 80 bytes): version u32, state u32 at 4,
/// authority at 8, nonce at 40, lamports per signature u64 at 72. A message with it does not expire, so it must never
/// be sent again after the nonce advanced; decisions never use one.
/// </summary>
/// <param name="Key">The account.</param>
/// <param name="Authority">Who may advance it.</param>
/// <param name="Value">Stands in the message in place of a blockhash.</param>
public readonly record struct DurableNonce(Pubkey Key, Pubkey Authority, Blockhash Value)
{
    /// <summary>Bytes of such an account.</summary>
    public const int Length = 80;

    private const int StateOffset = 4;
    private const int AuthorityOffset = 8;
    private const int ValueOffset = 40;
    private const uint CurrentVersion = 1;
    private const uint Ready = 1;

    /// <summary>Reads an account of the system program; null when it is no nonce that is ready. Never throws.</summary>
    public static DurableNonce? Read(Pubkey key, ReadOnlySpan<byte> data) =>
        data.Length == Length
        && BinaryPrimitives.ReadUInt32LittleEndian(data) == CurrentVersion
        && BinaryPrimitives.ReadUInt32LittleEndian(data[StateOffset..]) == Ready
            ? new DurableNonce(
                key, new Pubkey(data[AuthorityOffset..]), new Blockhash(new Digest(data[ValueOffset..])))
            : null;
}
