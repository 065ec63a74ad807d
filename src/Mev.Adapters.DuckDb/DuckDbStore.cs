using System.Collections.Immutable;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Mev.Adapters.DuckDb.Queries;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Journal;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Queries;
using Mev.Journal.Stores.Rows;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.DuckDb;

/// <summary>
/// The decision store in a DuckDB file. Writes and questions run on threads of their own and never on one that
/// decisions need; questions are bounded in number and time, and all of it in memory.
/// </summary>
public sealed partial class DuckDbStore : IDecisionStore, IStoreCopies, IDisposable
{
    private readonly DuckDbStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly DuckDbFile _file;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _questions;
    private long _waits;

    /// <summary>A store that opens its file when it is first asked for something.</summary>
    public DuckDbStore(IOptions<DuckDbStoreOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _file = new DuckDbFile(_options);
        _questions = new SemaphoreSlim(_options.QueriesMax, _options.QueriesMax);
    }

    /// <summary>Its bounded places with their counts as of now.</summary>
    public IEnumerable<LimitCount> Limits() =>
        [
            new LimitCount("store.queries", _options.QueriesMax, AtLimit.Wait, Interlocked.Read(ref _waits)),
            new LimitCount("store.copies", CopiesMax, AtLimit.Refuse, Interlocked.Read(ref _copiesRefused)),
        ];

    /// <inheritdoc/>
    public async ValueTask<StorePosition> Position(int partition, CancellationToken cancellationToken = default) =>
        await Exclusively(connection => PositionIn(connection, partition), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask Write(StoreBatch batch, CancellationToken cancellationToken = default) =>
        await Exclusively(
            connection =>
            {
                StoreWrite.Run(connection, batch, _options.Offsets);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<FoundDecision>> Search(
        DecisionSearch search, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(search.Limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(search.Limit, DecisionSearch.LimitMax);
        return Ask(connection => SearchQuery.Run(connection, search), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ResultPoint>> Results(
        StoreRange range, CancellationToken cancellationToken = default) =>
        Ask(connection => RangeQueries.Results(connection, range), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<LatencyPoint>> Latencies(
        StoreRange range, CancellationToken cancellationToken = default) =>
        Ask(connection => RangeQueries.Latencies(connection, range), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<PosteriorRow>> Posteriors(
        PosteriorSearch search, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(search.PointsMax, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(search.PointsMax, DecisionSearch.LimitMax);
        return Ask(connection => PosteriorQuery.Run(connection, search), cancellationToken);
    }

    /// <summary>Closes the file, after the batch that is being written.</summary>
    public void Dispose()
    {
        _writing.Wait();
        _file.Dispose();
        _writing.Release();
    }

    internal static StorePosition PositionIn(DuckDBConnection connection, int partition)
    {
        var rows = connection.Rows(
            "SELECT next_seq, last_leaf FROM sink_position WHERE partition = $partition",
            row => (Next: row.GetInt64(0), Leaf: row.GetString(1)),
            ("partition", partition));
        if (rows.Count == 0) return default;
        return new StorePosition(rows[0].Next, Digest.TryParse(rows[0].Leaf, out var leaf) ? leaf : null);
    }

    /// <summary>The writer's turn: one at a time, and never broken off in its middle.</summary>
    private async Task<TResult> Exclusively<TResult>(
        Func<DuckDBConnection, TResult> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await OnThread(() => work(_file.Writer()));
        }
        catch (Exception failure) when (DuckDbErrors.IsOfStore(failure))
        {
            _file.Abandon();
            throw DuckDbErrors.Explain(_file.Path, failure);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async ValueTask<TResult> Ask<TResult>(
        Func<DuckDBConnection, TResult> question, CancellationToken cancellationToken)
    {
        if (_questions.CurrentCount == 0) Interlocked.Increment(ref _waits);
        if (!await _questions.WaitAsync(_options.QueryTimeout, cancellationToken))
            throw new StoreUnavailableException($"{_options.QueriesMax} questions are being answered: ask again later");
        try
        {
            return await OnThread(() => Answer(question, cancellationToken));
        }
        finally
        {
            _questions.Release();
        }
    }

    private TResult Answer<TResult>(Func<DuckDBConnection, TResult> question, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.QueryTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var connection = _file.Reader();
            using var interrupt = either.Token.Register(
                () => NativeMethods.Startup.DuckDBInterrupt(connection.NativeConnection));
            either.Token.ThrowIfCancellationRequested(); // it waited for its turn
            return question(connection);
        }
        catch (Exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException(
                $"the answer took longer than Store:QueryTimeout {_options.QueryTimeout}. Ask for a shorter time, or "
                + "with 'mevctl sql', which has a process and limits of its own.");
        }
        catch (Exception failure) when (DuckDbErrors.IsOfStore(failure) && !cancellationToken.IsCancellationRequested)
        {
            throw DuckDbErrors.Explain(_file.Path, failure);
        }
    }

    // DuckDB blocks its caller: a pool's thread would be missing elsewhere.
    private static Task<TResult> OnThread<TResult>(Func<TResult> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
