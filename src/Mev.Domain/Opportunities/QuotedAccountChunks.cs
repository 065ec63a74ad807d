using System.Buffers;

namespace Mev.Domain.Opportunities;

/// <summary>
/// The chunks that one shard's drains take turns with. It holds as many as a full backlog of decisions has out, and
/// not more: what comes back beyond that is garbage. (The shared pool of the runtime holds a tenth of it.)
/// </summary>
public sealed class QuotedAccountChunks
{
    internal const int UsesPerChunk = 256;
    internal const int BytesPerChunk = 32 * 1024;
    private const int HeldMax = 512; // of each kind: 16 MiB

    internal ArrayPool<AccountUse> Uses { get; } = ArrayPool<AccountUse>.Create(UsesPerChunk, HeldMax);

    internal ArrayPool<byte> Bytes { get; } = ArrayPool<byte>.Create(BytesPerChunk, HeldMax);
}
