using System.Collections.Immutable;
using DuckDB.NET.Data;
using Mev.Domain.Chain;
using Mev.Journal.Stores.Queries;

namespace Mev.Adapters.DuckDb.Queries;

/// <summary>Decisions by what is known of them.</summary>
internal static class SearchQuery
{
    private const string Columns =
        "decided_ns, partition, seq, decision_id, strategy, action, reason, slot, value_lamports, tip_lamports, "
        + "tip_bps, route, opportunity_id, pools, outcome, cause, realised_lamports, paid_lamports";

    // A compact record names no hops: its cycle's pools are those of any record of the same cycle.
    private const string OfPool = "cycle IN (SELECT cycle FROM decisions WHERE list_contains(pools, $pool))";

    private const string OfMint =
        "cycle IN (SELECT used.cycle FROM (SELECT cycle, unnest(pools) AS pool FROM decisions) AS used "
        + "JOIN pools USING (pool) WHERE mint_a = $mint OR mint_b = $mint)";

    public static ImmutableArray<FoundDecision> Run(DuckDBConnection connection, DecisionSearch search)
    {
        List<(string Condition, string Name, object? Value)> asked =
        [
            ("strategy = $strategy", "strategy", search.Strategy),
            ("action = $action", "action", search.Action?.ToString()),
            ("reason = $reason", "reason", search.Reason?.ToString()),
            ("outcome = $outcome", "outcome", search.Outcome?.ToString()),
            (OfPool, "pool", search.Pool?.ToString()),
            (OfMint, "mint", search.Mint?.ToString()),
            ("decided_ns >= $from", "from", search.FromNs),
            ("decided_ns < $to", "to", search.ToNs),
            ("decision_id = $id::UUID", "id", search.DecisionId?.ToString()),
            ("opportunity_id = $opportunity", "opportunity", search.Opportunity?.ToString()),
            ("(decided_ns, partition, seq) < ($decided, $partition, $seq)", "decided", search.After?.DecidedNs),
        ];
        asked.RemoveAll(one => one.Value is null);
        var where = asked.Count == 0 ? "" : $"WHERE {string.Join(" AND ", asked.Select(one => one.Condition))} ";
        List<(string, object?)> parameters =
            [.. asked.Select(one => (one.Name, one.Value)), ("limit", search.Limit)];
        if (search.After is { } after)
            parameters.AddRange([("partition", after.Partition), ("seq", after.Offset)]);
        return
        [
            .. connection.Rows(
                $"SELECT {Columns} FROM results {where}"
                + "ORDER BY decided_ns DESC, partition DESC, seq DESC LIMIT $limit",
                Found,
                parameters),
        ];
    }

    private static FoundDecision Found(DuckDBDataReader row) => new()
    {
        Place = new SearchCursor(row.GetInt64(0), row.GetFieldValue<ushort>(1), row.GetInt64(2)),
        Id = row.IsDBNull(3) ? null : row.GetGuid(3),
        Strategy = row.GetString(4),
        Action = row.GetString(5),
        Reason = row.GetString(6),
        Slot = row.GetFieldValue<ulong>(7),
        Value = new Lamports(row.GetInt64(8)),
        Tip = new Lamports(row.GetInt64(9)),
        TipBasisPoints = row.IsDBNull(10) ? null : row.GetInt32(10),
        Route = row.GetString(11),
        Opportunity = row.GetString(12),
        Pools = [.. row.GetFieldValue<List<string>>(13)],
        Outcome = row.IsDBNull(14) ? null : row.GetString(14),
        Cause = row.IsDBNull(15) ? null : row.GetString(15),
        Net = row.IsDBNull(16) ? null : Net(row.GetInt64(16), row.GetInt64(17)),
    };

    // Amounts of a record are whatever somebody wrote; what nobody can have earned does not end the search.
    private static Lamports Net(long realised, long paid) =>
        new((long)Int128.Clamp((Int128)realised - paid, long.MinValue, long.MaxValue));
}
