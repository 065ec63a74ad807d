using System.Collections.Immutable;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Queries;
using Mev.Journal.Stores.Rows;

namespace Mev.Journal.Sinker;

/// <summary>A store that prints a line for each batch when it is written.</summary>
internal sealed class AnnouncingStore(IDecisionStore store) : IDecisionStore
{
    public ValueTask<StorePosition> Position(int partition, CancellationToken cancellationToken = default) =>
        store.Position(partition, cancellationToken);

    public async ValueTask Write(StoreBatch batch, CancellationToken cancellationToken = default)
    {
        await store.Write(batch, cancellationToken);
        Console.WriteLine($"{batch.Partition} {batch.First} {batch.Next}");
    }

    public ValueTask<ImmutableArray<FoundDecision>> Search(
        DecisionSearch search, CancellationToken cancellationToken) => store.Search(search, cancellationToken);

    public ValueTask<ImmutableArray<ResultPoint>> Results(StoreRange range, CancellationToken cancellationToken) =>
        store.Results(range, cancellationToken);

    public ValueTask<ImmutableArray<LatencyPoint>> Latencies(StoreRange range, CancellationToken cancellationToken) =>
        store.Latencies(range, cancellationToken);

    public ValueTask<ImmutableArray<PosteriorRow>> Posteriors(
        PosteriorSearch search, CancellationToken cancellationToken) => store.Posteriors(search, cancellationToken);
}
