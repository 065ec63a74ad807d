using System.Collections.Immutable;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Queries;
using Mev.Journal.Stores.Rows;

namespace Mev.Journal;

/// <summary>
/// The journal as tables that questions are asked of. It holds each record of the audit topic exactly once, since the
/// offset up to which it holds a partition is written with the records. One writer at a time; questions at any time see
/// whole batches only. Outcomes count as the last word on their bundle says (decision 0009).
/// </summary>
public interface IDecisionStore
{
    /// <summary>How far the store holds a partition.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    ValueTask<StorePosition> Position(int partition, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a batch in whole or not at all, with the offset behind it. After a failure ask for the position before
    /// writing again: the batch may be there.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It is not there, or it is not known whether it is.</exception>
    /// <exception cref="InvalidOperationException">The batch does not begin where the store ends.</exception>
    ValueTask Write(StoreBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Decisions, the newest first, at most <see cref="DecisionSearch.Limit"/>.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read, or not within its time.</exception>
    ValueTask<ImmutableArray<FoundDecision>> Search(
        DecisionSearch search, CancellationToken cancellationToken = default);

    /// <summary>
    /// What came of the decisions of each interval in which there were any, oldest first: land rate and profit.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read, or not within its time.</exception>
    ValueTask<ImmutableArray<ResultPoint>> Results(StoreRange range, CancellationToken cancellationToken = default);

    /// <summary>Quantiles of each stage's duration in each interval, oldest first.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read, or not within its time.</exception>
    ValueTask<ImmutableArray<LatencyPoint>> Latencies(StoreRange range, CancellationToken cancellationToken = default);

    /// <summary>What a strategy believed, oldest first, at most that many points spread over the range.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read, or not within its time.</exception>
    ValueTask<ImmutableArray<PosteriorRow>> Posteriors(
        PosteriorSearch search, CancellationToken cancellationToken = default);
}
