namespace Mev.Domain.Feed;

/// <summary>
/// Recycles the buffers of account versions, so that a steady stream makes no garbage. Four sizes; each free list is
/// bounded and what does not fit is left to the collector.
/// </summary>
internal sealed class ByteStore
{
    /// <summary>Free buffers kept of one size.</summary>
    public const int FreeMax = 8_192;

    // Token accounts and small configs (165, 236), pools (637, 653, 752), large pools, tick arrays (9,988, 10,004).
    private static readonly int[] Sizes = [256, 768, 2_048, 10_240];

    private readonly Stack<byte[]>[] _free = [new(), new(), new(), new()];

    /// <summary>A buffer of at least that many bytes.</summary>
    public byte[] Rent(int length)
    {
        if (length == 0) return [];
        for (var i = 0; i < Sizes.Length; i++)
            if (length <= Sizes[i]) return _free[i].TryPop(out var buffer) ? buffer : new byte[Sizes[i]];
        return new byte[length];
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(byte[] buffer)
    {
        var size = Array.IndexOf(Sizes, buffer.Length);
        if (size >= 0 && _free[size].Count < FreeMax) _free[size].Push(buffer);
    }
}
