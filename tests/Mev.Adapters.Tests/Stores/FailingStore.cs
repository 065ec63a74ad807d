using System.Collections.Immutable;
using Mev.Journal;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Queries;
using Mev.Journal.Stores.Rows;

namespace Mev.Adapters.Tests.Stores;

/// <summary>A store whose first write fails.</summary>
internal sealed class FailingStore(IDecisionStore inner) : IDecisionStore
{
    /// <summary>Writes that are still to fail.</summary>
    public int FailuresLeft { get; private set; } = 1;

    public ValueTask<StorePosition> Position(int partition, CancellationToken cancellationToken = default) =>
        inner.Position(partition, cancellationToken);

    public ValueTask Write(StoreBatch batch, CancellationToken cancellationToken = default) =>
        FailuresLeft > 0 && FailuresLeft-- > 0
            ? ValueTask.FromException(new StoreUnavailableException("away"))
            : inner.Write(batch, cancellationToken);

    public ValueTask<ImmutableArray<FoundDecision>> Search(
        DecisionSearch search, CancellationToken cancellationToken = default) =>
        inner.Search(search, cancellationToken);

    public ValueTask<ImmutableArray<ResultPoint>> Results(
        StoreRange range, CancellationToken cancellationToken = default) => inner.Results(range, cancellationToken);

    public ValueTask<ImmutableArray<LatencyPoint>> Latencies(
        StoreRange range, CancellationToken cancellationToken = default) => inner.Latencies(range, cancellationToken);

    public ValueTask<ImmutableArray<PosteriorRow>> Posteriors(
        PosteriorSearch search, CancellationToken cancellationToken = default) =>
        inner.Posteriors(search, cancellationToken);
}
