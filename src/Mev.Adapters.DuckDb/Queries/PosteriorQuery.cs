using System.Collections.Immutable;
using DuckDB.NET.Data;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;
using Mev.Journal.Stores.Queries;
using Mev.Journal.Stores.Rows;

namespace Mev.Adapters.DuckDb.Queries;

/// <summary>What a strategy believed over time.</summary>
internal static class PosteriorQuery
{
    private const long NsPerSecond = 1_000_000_000;

    // Of more changes than asked for those whose share of the way enters the next of that many equal parts.
    private const string Sql = """
        WITH changes AS (
            SELECT * FROM posteriors WHERE strategy = $strategy AND second >= $from AND second < $to
            QUALIFY posterior_id IS DISTINCT FROM lag(posterior_id) OVER (ORDER BY second)),
        numbered AS (SELECT *, row_number() OVER (ORDER BY second) - 1 AS n, count(*) OVER () AS all_of FROM changes)
        SELECT second, seq, posterior_id, sampler, tip_bps, routes, outcomes, means, lows, highs, factors, factor_means,
            factor_lows, factor_highs, factor_counts
        FROM numbered
        WHERE all_of <= $max OR n = 0 OR n * ($max - 1) // (all_of - 1) <> (n - 1) * ($max - 1) // (all_of - 1)
        ORDER BY second
        """;

    public static ImmutableArray<PosteriorRow> Run(DuckDBConnection connection, PosteriorSearch search) =>
    [
        .. connection.Rows(
            Sql,
            row => Read(row, search.Strategy),
            ("strategy", search.Strategy), ("from", Seconds(search.FromNs)), ("to", Seconds(search.ToNs)),
            ("max", (long)search.PointsMax)),
    ];

    private static long Seconds(long ns) => ns / NsPerSecond + (ns % NsPerSecond > 0 ? 1 : 0);

    private static PosteriorRow Read(DuckDBDataReader row, string strategy) => new(
        strategy, row.GetInt64(0), row.GetInt64(1), row.GetString(2), Enum.Parse<SamplerKind>(row.GetString(3)),
        Arms(row), Factors(row));

    private static ImmutableArray<ArmBelief> Arms(DuckDBDataReader row)
    {
        var (shares, routes) = (row.GetFieldValue<List<int>>(4), row.GetFieldValue<List<string>>(5));
        var (counts, means) = (row.GetFieldValue<List<double>>(6), row.GetFieldValue<List<double>>(7));
        var (lows, highs) = (row.GetFieldValue<List<double>>(8), row.GetFieldValue<List<double>>(9));
        return
        [
            .. means.Select((mean, arm) => new ArmBelief
            {
                Index = arm,
                Arm = new Arm(shares[arm], Enum.Parse<Route>(routes[arm])),
                OutcomesCount = counts[arm],
                Mean = mean,
                Low = lows[arm],
                High = highs[arm],
            }),
        ];
    }

    private static ImmutableArray<PosteriorFactor> Factors(DuckDBDataReader row)
    {
        var (names, means) = (row.GetFieldValue<List<string>>(10), row.GetFieldValue<List<double>>(11));
        var (lows, highs) = (row.GetFieldValue<List<double>>(12), row.GetFieldValue<List<double>>(13));
        var counts = row.GetFieldValue<List<double>>(14);
        return
        [
            .. names.Select((name, part) => new PosteriorFactor
            {
                Name = name,
                Mean = means[part],
                Low = lows[part],
                High = highs[part],
                Count = double.IsNaN(counts[part]) ? null : counts[part],
            }),
        ];
    }
}
