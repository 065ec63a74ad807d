namespace Mev.Domain.Feed;

/// <summary>What a feed event says.</summary>
public enum FeedEventKind : byte
{
    /// <summary>Nothing; skipped and counted.</summary>
    Unknown = 0,

    /// <summary>An account's new bytes (<see cref="FeedEvent.Write"/>).</summary>
    AccountWrite,

    /// <summary>A slot's status (<see cref="FeedEvent.Slot"/>, <see cref="FeedEvent.Parent"/>).</summary>
    SlotStatus,

    /// <summary>The chain's time at a slot (<see cref="FeedEvent.UnixTime"/>).</summary>
    BlockTime,

    /// <summary>The startup values are complete: absent accounts do not exist.</summary>
    SnapshotComplete,

    /// <summary>The stream broke: what was written meanwhile is not known until the next complete snapshot.</summary>
    Gap,

    /// <summary>
    /// The order that caused the account writes that follow with the same transaction (<see cref="FeedEvent.Order"/>).
    /// Recordings and the generator tell it, so that the paper chain can execute it again on a state it moved.
    /// </summary>
    Swap,

    /// <summary>
    /// The slot that the chain has come to (<see cref="FeedEvent.Slot"/>), of which the feed itself may be far behind.
    /// Ends no transaction.
    /// </summary>
    ChainHead,
}
