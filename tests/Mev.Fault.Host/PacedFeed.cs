using System.Runtime.CompilerServices;
using Mev.Domain.Feed;
using Microsoft.Extensions.Options;

namespace Mev.Fault.Host;

/// <summary>
/// The feed at a pace at which decisions can follow: a conflating run of a feed that is as fast as it is read is over
/// before there is a moment to kill it in.
/// </summary>
internal sealed class PacedFeed(IMarketFeed inner, IOptions<FaultOptions> options, TimeProvider time) : IMarketFeed
{
    public string Description => inner.Description;

    public string Identity => inner.Identity;

    public ulong? BatchesTotal => inner.BatchesTotal;

    public bool HasWholeTransactions => inner.HasWholeTransactions;

    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (delay, atOnce, read) = (options.Value.BatchDelay, options.Value.BatchesAtOnce, 0);
        await foreach (var batch in inner.Read(cancellationToken))
        {
            if (delay > TimeSpan.Zero && read++ % atOnce == 0) await Task.Delay(delay, time, cancellationToken);
            yield return batch;
        }
    }
}
