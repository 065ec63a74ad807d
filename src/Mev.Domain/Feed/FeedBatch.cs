namespace Mev.Domain.Feed;

/// <summary>
/// Events that belong together, in order: from a recording those of one transaction, from a live stream what arrived
/// in one read. Valid until the feed is asked for the next.
/// </summary>
/// <param name="Cursor">The feed's position after this batch.</param>
/// <param name="ArrivedNs">When the first byte arrived, nanoseconds since 1970 by the host's clock.</param>
/// <param name="Events">The events.</param>
public readonly record struct FeedBatch(FeedCursor Cursor, long ArrivedNs, ReadOnlyMemory<FeedEvent> Events);
