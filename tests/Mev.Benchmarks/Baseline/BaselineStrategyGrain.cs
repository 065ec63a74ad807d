using Mev.Benchmarks.Loads;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Journal;
using Mev.Journal.Audit;
using Orleans.Concurrency;

namespace Mev.Benchmarks.Baseline;

/// <summary>Evaluates with the engine's own filter and sizing under a cached policy, one update at a time.</summary>
[GrainType("bench-strategy")]
internal sealed class BaselineStrategyGrain(LoadUniverse universe, IPartitionedLog log, TimeProvider time)
    : Grain, IBaselineStrategyGrain
{
    public const int Count = 16;
    private const int RecordBytes = 2_600; // what a record of an intent has

    private readonly Policy _policy = new();
    private readonly List<Opportunity> _found = [];
    private readonly QuotedAccounts _accounts = new(new QuotedAccountChunks());
    private MarketShard _shard = null!;
    private Pool[] _pools = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyLong();
        var own = universe.Pools.Where(pool => pool.Island % Count == key).Select(pool => pool.Pool).ToList();
        var index = CycleIndex.Build(own, new CycleScope { BaseMints = [Mints.Wsol] });
        _pools = new Pool[index.Pools.Length];
        foreach (var pool in own)
        {
            if (!index.TryFind(pool.Id, out var number)) continue;
            _pools[number] = pool.NewEmpty();
            _pools[number].CopyFrom(pool);
        }
        _shard = new MarketShard(0, index, _pools, new SizingLimits(), new Lamports(5_000));
        for (var number = 0; number < _pools.Length; number++) _shard.Refresh(number, default, 1);
        _shard.Evaluate(default, 0, _found, _accounts);
        return Task.CompletedTask;
    }

    public async ValueTask<long> Evaluate(Immutable<BaselineState> state)
    {
        var (pool, condition, clock, arrivedNs) = state.Value;
        if (_policy.IsStopped || !_shard.Cycles.TryFind(pool.Id, out var number)) return 0;
        _pools[number].CopyFrom(pool);
        _shard.Refresh(number, condition, arrivedNs);
        _found.Clear();
        _accounts.Release();
        var counts = _shard.Evaluate(clock, time.UnixNs(), _found, _accounts);
        if (_found.Count > 0)
        {
            var entries = _found.ConvertAll(
                o => new LogEntry(RecordType.Intent, time.UnixNs(), o.Id.Value, new byte[RecordBytes]));
            await log.Append(new LogPartition(LogTopics.Audit, 1), entries);
        }
        return counts.Evaluated;
    }
}
