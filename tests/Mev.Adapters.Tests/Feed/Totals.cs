using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Feed;

/// <summary>Batches of a feed once they are counted.</summary>
internal static class Totals
{
    public static async Task<ulong> Of(IMarketFeed feed)
    {
        while (true)
        {
            if (feed.BatchesTotal is { } total) return total;
            await Task.Delay(
                TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
