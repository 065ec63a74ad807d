using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>The batches of one frame as bytes. What repeats in them is left to the compression.</summary>
internal sealed class BatchWriter : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;

    /// <summary>An empty frame.</summary>
    public BatchWriter() => _writer = new BinaryWriter(_bytes);

    /// <summary>Raw bytes so far.</summary>
    public int Length => checked((int)_bytes.Length);

    /// <summary>The bytes so far, valid until the next change.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.GetBuffer().AsSpan(0, Length);

    /// <summary>Forgets all batches.</summary>
    public void Clear() => _bytes.SetLength(0);

    /// <summary>Appends a batch.</summary>
    public void Add(in FeedBatch batch)
    {
        Put(batch.Cursor.Slot);
        Put(batch.Cursor.WriteVersion);
        _writer.Write(batch.ArrivedNs);
        Put((ulong)batch.Events.Length);
        foreach (ref readonly var feedEvent in batch.Events.Span) Put(feedEvent);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Put(in FeedEvent feedEvent)
    {
        _writer.Write((byte)feedEvent.Kind);
        switch (feedEvent.Kind)
        {
            case FeedEventKind.AccountWrite:
                Put(feedEvent.Write);
                break;
            case FeedEventKind.SlotStatus:
                _writer.Write((byte)feedEvent.Status);
                Put(feedEvent.Slot);
                Put(feedEvent.Parent);
                break;
            case FeedEventKind.BlockTime:
                Put(feedEvent.Slot);
                _writer.Write(feedEvent.UnixTime);
                break;
            case FeedEventKind.SnapshotComplete or FeedEventKind.Gap or FeedEventKind.ChainHead:
                Put(feedEvent.Slot);
                break;
            case FeedEventKind.Swap:
                Put(feedEvent.Order.Pool.Address);
                _writer.Write((byte)feedEvent.Order.Direction);
                Put(feedEvent.Order.AmountIn.Units);
                Put(feedEvent.Transaction);
                break;
            default: // an event without a meaning stays one
                break;
        }
    }

    private void Put(in AccountWrite write)
    {
        var has = (write.IsStartup ? WriteFlags.Startup : 0) | (write.HasTransaction ? WriteFlags.Transaction : 0);
        _writer.Write((byte)has);
        Put(write.Key);
        Put(write.Owner);
        Put(write.Lamports);
        Put(write.Slot);
        Put(write.WriteVersion);
        if (write.HasTransaction) Put(write.Transaction);
        Put((ulong)write.Data.Length);
        _writer.Write(write.Data.Span);
    }

    private void Put(Pubkey key)
    {
        Span<byte> bytes = stackalloc byte[Pubkey.Length];
        key.CopyTo(bytes);
        _writer.Write(bytes);
    }

    private void Put(in TransactionSignature signature)
    {
        Span<byte> bytes = stackalloc byte[TransactionSignature.Length];
        signature.CopyTo(bytes);
        _writer.Write(bytes);
    }

    private void Put(Slot slot) => Put(slot.Value);

    private void Put(ulong number) => _writer.Write7BitEncodedInt64(unchecked((long)number));
}
