using System.Collections.Immutable;
using System.Numerics;
using DuckDB.NET.Data;
using Mev.Domain.Chain;
using Mev.Journal.Stores.Queries;

namespace Mev.Adapters.DuckDb.Queries;

/// <summary>What came of decisions, and how long they took, by interval.</summary>
internal static class RangeQueries
{
    // Sums beyond this are none that anybody can have earned; so bounded, they can still be subtracted.
    private static readonly BigInteger AmountMax = long.MaxValue / 4;

    private const string ResultsSql = """
        SELECT decided_ns // $interval * $interval AS begun, count(*), count(*) FILTER (action = 'Submit'),
            count(*) FILTER (is_declined), count(*) FILTER (outcome = 'Landed'), count(*) FILTER (outcome = 'Refused'),
            count(*) FILTER (outcome = 'Expired'), count(*) FILTER (outcome = 'Unknown'),
            coalesce(sum(realised_lamports), 0)::HUGEINT, coalesce(sum(paid_lamports), 0)::HUGEINT
        FROM results
        WHERE decided_ns >= $from AND decided_ns < $to AND ($strategy::VARCHAR IS NULL OR strategy = $strategy)
        GROUP BY begun ORDER BY begun
        """;

    private const string LatenciesSql = """
        WITH chosen AS (
            SELECT * FROM decisions
            WHERE decided_ns >= $from AND decided_ns < $to AND ($strategy::VARCHAR IS NULL OR strategy = $strategy)),
        durations AS (
            SELECT decided_ns, 1 AS stage, received_ns AS first, evaluated_ns AS last FROM chosen
            UNION ALL SELECT decided_ns, 2, evaluated_ns, decided_ns FROM chosen
            UNION ALL SELECT decided_ns, 3, received_ns, decided_ns FROM chosen
            UNION ALL SELECT c.decided_ns, 4, c.decided_ns, s.sent_ns
                FROM chosen c JOIN submissions s ON s.partition = c.partition AND s.intent_seq = c.seq),
        possible AS (
            SELECT decided_ns // $interval * $interval AS begun, stage,
                CASE WHEN first > 0 AND last >= first THEN last - first END AS ns
            FROM durations)
        SELECT begun, stage, count(ns), quantile_disc(ns, [0.5, 0.9, 0.99, 0.999]), max(ns)
        FROM possible WHERE ns IS NOT NULL GROUP BY begun, stage ORDER BY begun, stage
        """;

    public static ImmutableArray<ResultPoint> Results(DuckDBConnection connection, StoreRange range) =>
        [.. connection.Rows(ResultsSql, Result, Parameters(range))];

    public static ImmutableArray<LatencyPoint> Latencies(DuckDBConnection connection, StoreRange range) =>
        [.. connection.Rows(LatenciesSql, Latency, Parameters(range))];

    private static (string, object?)[] Parameters(StoreRange range) =>
    [
        ("from", range.FromNs), ("to", range.ToNs), ("interval", range.IntervalNs), ("strategy", range.Strategy),
    ];

    private static ResultPoint Result(DuckDBDataReader row) => new()
    {
        AtNs = row.GetInt64(0),
        Decisions = row.GetInt64(1),
        Submits = row.GetInt64(2),
        Declined = row.GetInt64(3),
        Landed = row.GetInt64(4),
        Refused = row.GetInt64(5),
        Expired = row.GetInt64(6),
        Unknown = row.GetInt64(7),
        Realised = Amount(row.GetFieldValue<BigInteger>(8)),
        Tips = Amount(row.GetFieldValue<BigInteger>(9)),
    };

    private static LatencyPoint Latency(DuckDBDataReader row)
    {
        var quantiles = row.GetFieldValue<List<long>>(3);
        return new LatencyPoint(
            row.GetInt64(0), (LatencyStage)row.GetInt32(1), row.GetInt64(2), quantiles[0], quantiles[1], quantiles[2],
            quantiles[3], row.GetInt64(4));
    }

    private static Lamports Amount(BigInteger sum) => new((long)BigInteger.Clamp(sum, -AmountMax, AmountMax));
}
