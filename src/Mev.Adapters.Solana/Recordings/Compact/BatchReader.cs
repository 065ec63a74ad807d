using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>
/// Reads the batches of one frame. Their account bytes are parts of the frame's buffer; events are valid until the next
/// batch is read.
/// </summary>
internal sealed class BatchReader(byte[] frame, int length) : IDisposable
{
    private readonly BinaryReader _reader = new(new MemoryStream(frame, 0, length, writable: false));
    private FeedEvent[] _events = new FeedEvent[64];

    private int Position => (int)_reader.BaseStream.Position;

    /// <summary>Every byte was read.</summary>
    public bool IsAtEnd => Position == length;

    /// <summary>The next batch, with a position to be set.</summary>
    /// <exception cref="InvalidDataException">The bytes are not those of a batch.</exception>
    public FeedBatch Next()
    {
        try
        {
            var (slot, version) = (Slot(), Number());
            var arrivedNs = _reader.ReadInt64();
            var count = Count();
            if (_events.Length < count) _events = new FeedEvent[Math.Max(count, 2 * _events.Length)];
            for (var i = 0; i < count; i++) _events[i] = Event();
            return new FeedBatch(new FeedCursor(0, slot, version), arrivedNs, _events.AsMemory(0, count));
        }
        catch (Exception failure) when (failure is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("a batch ends too early", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private FeedEvent Event()
    {
        var kind = (FeedEventKind)_reader.ReadByte();
        return kind switch
        {
            FeedEventKind.Unknown => default,
            FeedEventKind.AccountWrite => FeedEvent.Of(Write()),
            FeedEventKind.SlotStatus => Status(),
            FeedEventKind.BlockTime => FeedEvent.TimeIs(Slot(), _reader.ReadInt64()),
            FeedEventKind.SnapshotComplete => FeedEvent.SnapshotComplete(Slot()),
            FeedEventKind.Gap => FeedEvent.Gap(Slot()),
            FeedEventKind.Swap => Swap(),
            FeedEventKind.ChainHead => FeedEvent.ChainHead(Slot()),
            _ => throw new InvalidDataException($"an event of kind {(byte)kind} is not known"),
        };
    }

    private FeedEvent Status()
    {
        var status = (SlotStatus)_reader.ReadByte();
        if (status > SlotStatus.Dead) throw new InvalidDataException($"a slot status {(byte)status} is not known");
        var slot = Slot();
        return FeedEvent.SlotIs(status, slot, Slot());
    }

    private FeedEvent Swap()
    {
        var pool = new PoolId(new Pubkey(Bytes(Pubkey.Length).Span));
        var direction = _reader.ReadByte();
        if (direction > (byte)SwapDirection.BToA)
            throw new InvalidDataException($"a direction {direction} is not known");
        var amount = new TokenAmount(Number());
        var order = new SwapOrder(pool, (SwapDirection)direction, amount);
        return FeedEvent.Swap(order, TransactionSignature.From(Bytes(TransactionSignature.Length).Span));
    }

    private AccountWrite Write()
    {
        var flags = (WriteFlags)_reader.ReadByte();
        if ((flags & ~WriteFlags.All) != 0) throw new InvalidDataException($"a write has flags {(byte)flags}");
        return new AccountWrite
        {
            IsStartup = flags.HasFlag(WriteFlags.Startup),
            Key = new Pubkey(Bytes(Pubkey.Length).Span),
            Owner = new Pubkey(Bytes(Pubkey.Length).Span),
            Lamports = Number(),
            Slot = Slot(),
            WriteVersion = Number(),
            Transaction = flags.HasFlag(WriteFlags.Transaction)
                ? TransactionSignature.From(Bytes(TransactionSignature.Length).Span)
                : default,
            Data = Bytes(Count()),
        };
    }

    private ReadOnlyMemory<byte> Bytes(int count)
    {
        if (count > length - Position) throw new InvalidDataException("a batch ends too early");
        var bytes = frame.AsMemory(Position, count);
        _reader.BaseStream.Position += count;
        return bytes;
    }

    /// <summary>A number of things of which each has a byte at least.</summary>
    private int Count()
    {
        var count = Number();
        return count <= (ulong)(length - Position)
            ? (int)count
            : throw new InvalidDataException($"a count of {count} is more than the frame holds");
    }

    private Slot Slot()
    {
        var slot = new Slot(Number());
        return slot <= Domain.Chain.Slot.Max ? slot : throw new InvalidDataException($"a slot {slot} cannot be");
    }

    private ulong Number() => unchecked((ulong)_reader.Read7BitEncodedInt64());
}
