using System.Collections.Immutable;
using Mev.Domain.Pools;
using Mev.Grains.Abstractions.Commands;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Feed;

/// <summary>
/// The market feed for people: how far it is, what came of it, who evaluates and decides. Key:
/// <see cref="FeedKeys.Main"/>. It runs on the silo whose feed pump reads the feed.
/// </summary>
[Alias("mev.feed"), GrainInterfaceType("mev.feed")]
public interface IFeedGrain : IGrainWithStringKey
{
    /// <summary>The newest numbers, of one moment.</summary>
    [Alias("describe"), ReadOnly, ClientReadable]
    ValueTask<FeedView> Describe();

    /// <summary>
    /// Pools that cycles use, ascending by address, each once whatever shards hold it; those after
    /// <paramref name="after"/> when it is given, and at most <paramref name="limit"/> of them.
    /// </summary>
    [Alias("pools"), ReadOnly, ClientReadable]
    ValueTask<ImmutableArray<PoolId>> Pools(PoolId? after, int limit);

    /// <summary>Whether cycles use the pool: asked before its grain is, which would be made for any address.</summary>
    [Alias("has-pool"), ReadOnly, ClientReadable]
    ValueTask<bool> HasPool(PoolId pool);
}
