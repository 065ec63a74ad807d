using DuckDB.NET.Data;
using Mev.Adapters.DuckDb.Tables;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Rows;

namespace Mev.Adapters.DuckDb;

/// <summary>Writes a batch: its rows and the offset behind it in one transaction.</summary>
internal static class StoreWrite
{
    /// <exception cref="InvalidOperationException">The batch does not begin where the store ends.</exception>
    public static void Run(DuckDBConnection connection, StoreBatch batch, OffsetRule rule)
    {
        var position = DuckDbStore.PositionIn(connection, batch.Partition);
        if (position.Next != batch.First)
        {
            throw new InvalidOperationException(
                $"partition {batch.Partition}: a batch from {batch.First} on where {position.Next} was due");
        }
        using (var transaction = connection.BeginTransaction())
        {
            Append(connection, batch);
            if (rule == OffsetRule.WithRecords) Advance(connection, batch);
            transaction.Commit();
        }
        if (rule == OffsetRule.AfterRecords) Advance(connection, batch);
    }

    private static void Append(DuckDBConnection connection, StoreBatch batch)
    {
        ContextTables.Records.Append(connection, Place(batch, batch.Records));
        DecisionTable.Table.Append(connection, Place(batch, batch.Decisions));
        OutcomeTable.Submissions.Append(connection, Place(batch, batch.Submissions));
        OutcomeTable.Outcomes.Append(connection, Place(batch, batch.Outcomes));
        ContextTables.Policies.Append(connection, Place(batch, batch.Policies));
        ContextTables.Events.Append(connection, Place(batch, batch.Events));
        ContextTables.Pools.Append(
            connection, [.. batch.Pools.DistinctBy(row => row.Pool).Where(row => !IsThere(connection, row))]);
        ContextTables.Posteriors.Append(
            connection,
            Place(batch, [.. batch.Posteriors.DistinctBy(row => (row.Strategy, row.Second))
                .Where(row => !IsThere(connection, row))]));
        ContextTables.Beliefs.Append(
            connection,
            Place(batch, [.. batch.Beliefs.DistinctBy(row => (row.Strategy, row.Id))
                .Where(row => !IsThere(connection, row))]));
    }

    private static void Advance(DuckDBConnection connection, StoreBatch batch)
    {
        (string, object?)[] place =
        [
            ("partition", batch.Partition), ("next", batch.Next), ("leaf", $"{batch.Records[^1].LeafHash}"),
        ];
        var known = connection.Run(
            "UPDATE sink_position SET next_seq = $next, last_leaf = $leaf WHERE partition = $partition", place);
        if (known == 0) connection.Run("INSERT INTO sink_position VALUES ($partition, $next, $leaf)", place);
    }

    private static bool IsThere(DuckDBConnection connection, PoolRow row) =>
        connection.Number("SELECT count(*) FROM pools WHERE pool = $pool", ("pool", row.Pool)) > 0;

    private static bool IsThere(DuckDBConnection connection, PosteriorRow row) => connection.Number(
        "SELECT count(*) FROM posteriors WHERE strategy = $strategy AND second = $second",
        ("strategy", row.Strategy), ("second", row.Second)) > 0;

    private static bool IsThere(DuckDBConnection connection, BeliefRow row) => connection.Number(
        "SELECT count(*) FROM beliefs WHERE posterior_id = $id AND strategy = $strategy",
        ("id", row.Id), ("strategy", row.Strategy)) > 0;

    private static Placed<TRow>[] Place<TRow>(StoreBatch batch, IReadOnlyList<TRow> rows) =>
        [.. rows.Select(row => new Placed<TRow>(batch.Partition, row))];
}
