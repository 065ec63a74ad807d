using Orleans.Concurrency;

namespace Mev.Benchmarks.Baseline;

/// <summary>A strategy of the baseline with the cycles of every sixteenth island. Key: 0 to 15.</summary>
[Alias("mev.bench.strategy"), GrainInterfaceType("mev.bench.strategy")]
internal interface IBaselineStrategyGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Evaluates the cycles over a pool at its new state, journals what pays; answers the candidates.
    /// </summary>
    [Alias("evaluate")]
    ValueTask<long> Evaluate(Immutable<BaselineState> state);
}
