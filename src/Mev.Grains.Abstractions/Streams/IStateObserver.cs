using System.Collections.Immutable;
using Mev.Grains.Abstractions.Strategies;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Streams;

/// <summary>
/// Told by grains that it observes how they are when it asks, and then what changed, some times a second at most.
/// Messages may be lost, and an observation ends by itself after 30 s: whoever observes asks anew every some seconds.
/// </summary>
[Alias("mev.state-observer"), GrainInterfaceType("mev.state-observer")]
public interface IStateObserver : IGrainObserver
{
    /// <summary>A strategy as it is now.</summary>
    [Alias("strategy"), OneWay]
    ValueTask Strategy(StrategyView view);

    /// <summary>Pools that changed, as a shard has them now.</summary>
    [Alias("pools"), OneWay]
    ValueTask Pools(ImmutableArray<PoolSummary> pools);
}
