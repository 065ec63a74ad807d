using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Paper;

/// <summary>A batch as text, every byte of it, so that batches can be kept and compared.</summary>
internal static class Frozen
{
    public static string Of(in FeedBatch batch)
    {
        var lines = batch.Events.ToArray().Select(Line);
        return $"{batch.Cursor} {batch.ArrivedNs}\n" + string.Join('\n', lines);
    }

    private static string Line(FeedEvent item) => item.Kind switch
    {
        FeedEventKind.AccountWrite =>
            $"write {item.Write.Key} {item.Write.Owner} {item.Write.Lamports} {item.Write.Slot} "
            + $"{item.Write.WriteVersion} {item.Write.Transaction} {item.Write.IsStartup} "
            + Convert.ToHexString(item.Write.Data.Span),
        FeedEventKind.Swap => $"swap {item.Order} {item.Transaction}",
        _ => $"{item.Kind} {item.Slot} {item.Parent} {item.Status} {item.UnixTime}",
    };
}
