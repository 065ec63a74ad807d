using Mev.Domain.Chain;

namespace Mev.Domain.Feed;

/// <summary>The last value of an account in one slot, with where it came from.</summary>
internal struct AccountVersion
{
    private byte[] _buffer;
    private int _length;

    public Slot Slot { get; private set; }

    public ulong WriteVersion { get; private set; }

    public bool IsStartup { get; private set; }

    /// <summary>Number of the stream that told it; write versions of different streams do not compare.</summary>
    public int Source { get; private set; }

    public Pubkey Owner { get; private set; }

    public ulong Lamports { get; private set; }

    public readonly bool IsClosed => _length == 0 && (Lamports == 0 || Owner.IsZero);

    /// <summary>Takes over a write; an earlier buffer of this version is used again where it fits.</summary>
    public void Set(in AccountWrite write, int source, ByteStore bytes)
    {
        (Slot, WriteVersion, IsStartup, Source) = (write.Slot, write.WriteVersion, write.IsStartup, source);
        (Owner, Lamports, _length) = (write.Owner, write.Lamports, write.Data.Length);
        if (_buffer is null || _buffer.Length < _length)
        {
            Free(bytes);
            _buffer = bytes.Rent(_length);
        }
        write.Data.Span.CopyTo(_buffer);
    }

    /// <summary>Gives the buffer back.</summary>
    public void Free(ByteStore bytes)
    {
        if (_buffer is not null) bytes.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Order in which values of an account replace each other: below 0 when the write is newer.</summary>
    public readonly int CompareTo(in AccountWrite write, int source)
    {
        var order = Slot.CompareTo(write.Slot);
        if (order == 0) order = Source.CompareTo(source);
        if (order == 0) order = write.IsStartup.CompareTo(IsStartup);
        return order == 0 ? WriteVersion.CompareTo(write.WriteVersion) : order;
    }

    /// <summary>The value as a write; its data is this version's buffer.</summary>
    public readonly AccountWrite ToWrite(Pubkey key) => new()
    {
        Key = key,
        Owner = Owner,
        Lamports = Lamports,
        Slot = Slot,
        WriteVersion = WriteVersion,
        IsStartup = IsStartup,
        Data = _buffer.AsMemory(0, _length),
    };
}
