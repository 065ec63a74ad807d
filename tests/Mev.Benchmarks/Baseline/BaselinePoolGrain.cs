using Mev.Benchmarks.Loads;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Orleans.Concurrency;

namespace Mev.Benchmarks.Baseline;

/// <summary>Holds one pool and awaits its strategy for each update.</summary>
[GrainType("bench-pool")]
internal sealed class BaselinePoolGrain(LoadUniverse universe) : Grain, IBaselinePoolGrain
{
    private Pool _pool = null!;
    private IBaselineStrategyGrain _strategy = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var own = universe.Pools[this.GetPrimaryKeyLong()];
        _pool = own.Pool.NewEmpty();
        _pool.CopyFrom(own.Pool);
        _strategy = GrainFactory.GetGrain<IBaselineStrategyGrain>(own.Island % BaselineStrategyGrain.Count);
        return Task.CompletedTask;
    }

    public ValueTask<long> Update(Immutable<BaselineUpdate> update)
    {
        foreach (var write in update.Value.Writes) _pool.Apply(write);
        var state = new BaselineState(_pool, PoolCondition.None, update.Value.Clock, update.Value.ArrivedNs);
        return _strategy.Evaluate(new Immutable<BaselineState>(state));
    }
}
