using Mev.Domain.Chain;

namespace Mev.Journal.Audit;

/// <summary>Writes and reads feed cursors.</summary>
public static class Cursors
{
    /// <summary>The record of a cursor.</summary>
    public static Contracts.V1.FeedCursor Of(Domain.Feed.FeedCursor cursor) => new()
    {
        Position = cursor.Position,
        Slot = cursor.Slot.Value,
        WriteVersion = cursor.WriteVersion,
    };

    /// <summary>The cursor of a record; the start of the feed when there is none.</summary>
    public static Domain.Feed.FeedCursor Read(Contracts.V1.FeedCursor? cursor) => cursor is null
        ? default
        : new Domain.Feed.FeedCursor(cursor.Position, new Slot(cursor.Slot), cursor.WriteVersion);
}
