using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Mev.Adapters.Solana.Rpc;
using Mev.Domain.Feed;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// The chain, by the account stream of a node: what happens to the watched pools as it is processed, and what they were
/// before as startup values, which follow once the node was asked and the stream has passed the slot of the answer. It
/// has no end: a break of the connection is healed by a replay, or told as a gap and followed by startup values again.
/// </summary>
public sealed class YellowstoneFeed : IMarketFeed, IDisposable
{
    private readonly YellowstoneParts _parts;

    /// <summary>A feed from a stream and a node.</summary>
    /// <param name="options">Which stream, and what is watched.</param>
    /// <param name="rpc">The node that is asked for startup values, of the same chain.</param>
    /// <param name="counts">Where it counts.</param>
    /// <param name="lag">Where it tells how far behind it is.</param>
    /// <param name="time">Stamps arrivals, measures silence and waits.</param>
    /// <param name="chance">Uniform numbers from 0 to 1 that spread reconnections.</param>
    /// <param name="log">For connections made and broken.</param>
    public YellowstoneFeed(
        YellowstoneOptions options, RpcClient rpc, YellowstoneCounts counts, FeedLag lag, TimeProvider time,
        Func<double> chance, ILogger<YellowstoneFeed> log)
    {
        _parts = new YellowstoneParts(
            options, new YellowstoneChannel(options, time), rpc, counts, lag,
            new ObservationChannel(options.TransactionsMax), time, chance, log);
    }

    /// <inheritdoc/>
    public string Description => $"Yellowstone {_parts.Options.Endpoint.Authority}";

    /// <inheritdoc/>
    public ulong? BatchesTotal => null;

    /// <inheritdoc/>
    public bool HasWholeTransactions => false;

    /// <summary>
    /// From now on the transactions that touched a watched pool and succeeded, with the values that they left, in the
    /// order of their arrival, for one reader; bounded, so that who does not keep up is told of a break.
    /// </summary>
    public ChannelReader<Observation> Observe() => _parts.Observations.Read();

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var session = new YellowstoneSession(_parts);
        while (true) yield return await session.Next(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Channel.Dispose();
}
