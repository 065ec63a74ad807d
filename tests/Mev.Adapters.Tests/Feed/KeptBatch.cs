using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Feed;

/// <summary>A batch with bytes of its own, so that it outlives the feed's buffers.</summary>
internal sealed record KeptBatch(FeedCursor Cursor, FeedEvent[] Events)
{
    /// <summary>Each write in words: equal texts, equal writes.</summary>
    public IEnumerable<string> Writes => Events.Where(e => e.Kind == FeedEventKind.AccountWrite).Select(e =>
        $"{e.Write.Slot} {e.Write.WriteVersion} {e.Write.Key} {e.Write.Owner} {e.Write.Transaction} "
        + Convert.ToHexString(e.Write.Data.Span));

    public static async Task<List<KeptBatch>> All(IMarketFeed feed)
    {
        var batches = new List<KeptBatch>();
        await foreach (var batch in feed.Read())
        {
            batches.Add(new KeptBatch(batch.Cursor,
            [
                .. batch.Events.ToArray().Select(e => e.Kind == FeedEventKind.AccountWrite
                    ? FeedEvent.Of(e.Write with { Data = e.Write.Data.ToArray() }) : e),
            ]));
        }
        return batches;
    }
}
