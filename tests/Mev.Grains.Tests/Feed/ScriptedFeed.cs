using System.Runtime.CompilerServices;
using Mev.Domain.Feed;

namespace Mev.Grains.Tests.Feed;

/// <summary>Batches as a test writes them.</summary>
internal sealed class ScriptedFeed(Func<CancellationToken, IAsyncEnumerable<FeedEvent[]>> script) : IMarketFeed
{
    public string Description => "script";

    public ulong? BatchesTotal => null;

    public bool HasWholeTransactions => true;

    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var position = 0UL;
        await foreach (var events in script(cancellationToken))
        {
            var slot = events.Length == 0 ? default : events[^1].Slot;
            yield return new FeedBatch(new FeedCursor(++position, slot, 0), ArrivedNs: 0, events);
        }
    }
}
