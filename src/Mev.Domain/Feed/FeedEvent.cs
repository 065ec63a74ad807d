using Mev.Domain.Chain;

namespace Mev.Domain.Feed;

/// <summary>One message of a market feed. <see cref="Kind"/> says which of the other members hold something.</summary>
public readonly record struct FeedEvent
{
    /// <summary>What is told.</summary>
    public FeedEventKind Kind { get; private init; }

    /// <summary>The write, for <see cref="FeedEventKind.AccountWrite"/>.</summary>
    public AccountWrite Write { get; private init; }

    /// <summary>The order, for <see cref="FeedEventKind.Swap"/>.</summary>
    public SwapOrder Order { get; private init; }

    /// <summary>The order's transaction, for <see cref="FeedEventKind.Swap"/>.</summary>
    public TransactionSignature Transaction => Write.Transaction;

    /// <summary>The slot spoken of, for slot statuses, block times and the chain's head.</summary>
    public Slot Slot => Write.Slot;

    /// <summary>Parent of <see cref="Slot"/>; 0 when not told.</summary>
    public Slot Parent { get; private init; }

    /// <summary>Status of <see cref="Slot"/>.</summary>
    public SlotStatus Status { get; private init; }

    /// <summary>Seconds since 1970, for <see cref="FeedEventKind.BlockTime"/>.</summary>
    public long UnixTime { get; private init; }

    /// <summary>An account write.</summary>
    public static FeedEvent Of(in AccountWrite write) => new() { Kind = FeedEventKind.AccountWrite, Write = write };

    /// <summary>An order whose effects follow.</summary>
    public static FeedEvent Swap(in SwapOrder order, in TransactionSignature transaction) =>
        new()
        {
            Kind = FeedEventKind.Swap,
            Order = order,
            Write = Of(default(Slot)) with { Transaction = transaction },
        };

    /// <summary>A slot's status.</summary>
    public static FeedEvent SlotIs(SlotStatus status, Slot slot, Slot parent = default) =>
        new() { Kind = FeedEventKind.SlotStatus, Status = status, Write = Of(slot), Parent = parent };

    /// <summary>A slot's time.</summary>
    public static FeedEvent TimeIs(Slot slot, long unixTime) =>
        new() { Kind = FeedEventKind.BlockTime, Write = Of(slot), UnixTime = unixTime };

    /// <summary>The snapshot is complete as of a slot.</summary>
    public static FeedEvent SnapshotComplete(Slot slot) =>
        new() { Kind = FeedEventKind.SnapshotComplete, Write = Of(slot) };

    /// <summary>The stream broke after a slot.</summary>
    public static FeedEvent Gap(Slot slot) => new() { Kind = FeedEventKind.Gap, Write = Of(slot) };

    /// <summary>The chain has come to a slot.</summary>
    public static FeedEvent ChainHead(Slot slot) => new() { Kind = FeedEventKind.ChainHead, Write = Of(slot) };

    // Events are copied much: slot and transaction have one place each, whatever the event tells.
    private static AccountWrite Of(Slot slot) =>
        new() { Key = default, Owner = default, Lamports = 0, Slot = slot, WriteVersion = 0, Data = default };
}
