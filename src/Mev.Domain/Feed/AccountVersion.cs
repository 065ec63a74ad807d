using Mev.Domain.Chain;

namespace Mev.Domain.Feed;

/// <summary>
/// The last value of an account in one slot, with where it came from; its bytes follow it in the
/// <see cref="VersionStore"/>. Holds no references.
/// </summary>
internal struct AccountVersion
{
    /// <summary>Place of the next older version; <see cref="VersionStore.None"/> at the end.</summary>
    public int Older;

    /// <summary>Place of the next newer version.</summary>
    public int Newer;

    public int Length { get; private set; }

    public Slot Slot { get; private set; }

    public ulong WriteVersion { get; private set; }

    public Pubkey Owner { get; private set; }

    public ulong Lamports { get; private set; }

    /// <summary>Number of the stream that told it; write versions of different streams do not compare.</summary>
    public int Source { get; private set; }

    public bool IsStartup { get; private set; }

    public readonly bool IsClosed => Length == 0 && (Lamports == 0 || Owner.IsZero);

    /// <summary>Takes over a write, but for its bytes.</summary>
    public void Set(in AccountWrite write, int source)
    {
        (Slot, WriteVersion, IsStartup, Source) = (write.Slot, write.WriteVersion, write.IsStartup, source);
        (Owner, Lamports, Length) = (write.Owner, write.Lamports, write.Data.Length);
    }

    /// <summary>Order in which values of an account replace each other: below 0 when the write is newer.</summary>
    public readonly int CompareTo(in AccountWrite write, int source)
    {
        var order = Slot.CompareTo(write.Slot);
        if (order == 0) order = Source.CompareTo(source);
        if (order == 0) order = write.IsStartup.CompareTo(IsStartup);
        return order == 0 ? WriteVersion.CompareTo(write.WriteVersion) : order;
    }

    /// <summary>A value of the same slot and kind as the write.</summary>
    public readonly bool IsSameSlot(in AccountWrite write) => Slot == write.Slot && IsStartup == write.IsStartup;

    /// <summary>The value as a write.</summary>
    public readonly AccountWrite ToWrite(Pubkey key, ReadOnlyMemory<byte> data) => new()
    {
        Key = key,
        Owner = Owner,
        Lamports = Lamports,
        Slot = Slot,
        WriteVersion = WriteVersion,
        IsStartup = IsStartup,
        Data = data,
    };
}
