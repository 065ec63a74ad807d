using Orleans.Concurrency;

namespace Mev.Benchmarks.Baseline;

/// <summary>A pool of the baseline. Key: its number.</summary>
[Alias("mev.bench.pool"), GrainInterfaceType("mev.bench.pool")]
internal interface IBaselinePoolGrain : IGrainWithIntegerKey
{
    /// <summary>Applies the writes and has the cycles over the pool evaluated.</summary>
    [Alias("update")]
    ValueTask<long> Update(Immutable<BaselineUpdate> update);
}
