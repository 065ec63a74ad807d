using Mev.Domain.Chain;

namespace Mev.Domain.Pools;

/// <summary>
/// One account of one pool as its owner sees it: key, version and bytes. Small accounts are copied into a buffer of
/// their own, so a steady stream of writes allocates nothing; large ones (tick arrays change rarely) are held as an
/// immutable array that copies share.
/// </summary>
public sealed class PoolAccount(Pubkey key)
{
    /// <summary>Up to this many bytes an account is copied by value: every pool and vault account is smaller.</summary>
    public const int CopiedBytesMax = 2048;

    private byte[] _buffer = [];
    private int _length;
    private Digest? _hash;

    /// <summary>The account's address.</summary>
    public Pubkey Key { get; } = key;

    /// <summary>Owner program of the last write.</summary>
    public Pubkey Owner { get; private set; }

    /// <summary>Slot of the last write.</summary>
    public Slot Slot { get; private set; }

    /// <summary>Write version of the last write.</summary>
    public ulong WriteVersion { get; private set; }

    /// <summary>A write was seen and the account is not closed.</summary>
    public bool Exists { get; private set; }

    /// <summary>The account's bytes.</summary>
    public ReadOnlySpan<byte> Data => _buffer.AsSpan(0, _length);

    /// <summary>SHA-256 of the bytes, computed once for a version and only when asked for.</summary>
    public Digest Hash => _hash ??= Digest.Of(Data);

    /// <summary>A large account's bytes, which nobody changes; null for a small one, which is copied.</summary>
    internal ReadOnlyMemory<byte>? SharedData =>
        _length > CopiedBytesMax ? new ReadOnlyMemory<byte>(_buffer, 0, _length) : default(ReadOnlyMemory<byte>?);

    /// <summary>Takes over a write of this account. Order is the caller's business.</summary>
    public void Set(in AccountWrite write)
    {
        (Owner, Slot, WriteVersion, Exists) = (write.Owner, write.Slot, write.WriteVersion, !write.IsClosed);
        Keep(write.Data.Span);
    }

    /// <summary>
    /// The bytes for writing in place, for whoever executes swaps on a pool of its own; the caller gives the new
    /// version with <see cref="Stamp"/>. A shared array is replaced by a private one first.
    /// </summary>
    public Span<byte> Edit()
    {
        if (_length > CopiedBytesMax) _buffer = _buffer.AsSpan(0, _length).ToArray();
        _hash = null;
        return _buffer.AsSpan(0, _length);
    }

    /// <summary>Gives the bytes a new version after <see cref="Edit"/>.</summary>
    public void Stamp(Slot slot, ulong writeVersion) => (Slot, WriteVersion) = (slot, writeVersion);

    /// <summary>Becomes equal to <paramref name="source"/>; copies nothing when it already has that version.</summary>
    public void CopyFrom(PoolAccount source)
    {
        if (Exists && source.Exists && Slot == source.Slot && WriteVersion == source.WriteVersion)
        {
            _hash ??= source._hash;
            return;
        }
        (Owner, Slot, WriteVersion, Exists) = (source.Owner, source.Slot, source.WriteVersion, source.Exists);
        if (source._length > CopiedBytesMax) (_buffer, _length) = (source._buffer, source._length);
        else Keep(source.Data);
        _hash = source._hash;
    }

    private void Keep(ReadOnlySpan<byte> data)
    {
        if (data.Length > CopiedBytesMax)
        {
            _buffer = data.ToArray();
        }
        else
        {
            if (_buffer.Length < data.Length || _buffer.Length > CopiedBytesMax) _buffer = new byte[data.Length];
            data.CopyTo(_buffer);
        }
        _length = data.Length;
        _hash = null;
    }
}
