using DuckDB.NET.Data;
using Mev.Journal.Stores;

namespace Mev.Adapters.DuckDb.Tables;

/// <summary>Tables and views of a store, and the number of their form.</summary>
internal static class StoreSchema
{
    /// <summary>Rises with every change of the tables: a file of another form is not touched.</summary>
    public const long Format = 2;

    private const string Positions =
        "CREATE TABLE IF NOT EXISTS sink_position "
        + "(partition USMALLINT NOT NULL, next_seq BIGINT NOT NULL, last_leaf VARCHAR NOT NULL)";

    // The last word on a bundle (decision 0009): its newest record, but for a second correction of the same record, and
    // for one that corrects none and comes after there was evidence.
    private const string LastWords = """
        CREATE OR REPLACE VIEW last_outcomes AS
        SELECT * EXCLUDE (is_repeat, had_evidence) FROM (
            SELECT *, coalesce(bool_or(kind <> 'Unknown') OVER (
                PARTITION BY partition, intent_seq ORDER BY seq
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS had_evidence
            FROM (
                SELECT *, corrects_seq IS NOT NULL AND (corrects_seq >= seq OR row_number() OVER (
                    PARTITION BY partition, intent_seq, corrects_seq ORDER BY seq) > 1) AS is_repeat
                FROM outcomes)
            WHERE NOT is_repeat)
        WHERE corrects_seq IS NOT NULL OR NOT had_evidence
        QUALIFY row_number() OVER (PARTITION BY partition, intent_seq ORDER BY seq DESC) = 1
        """;

    private const string Results = """
        CREATE OR REPLACE VIEW results AS
        SELECT d.*, make_timestamp_ns(d.decided_ns) AS decided_at,
            d.action = 'Skip' AND d.reason = 'NoArmAboveZero' AS is_declined,
            o.kind AS outcome, o.cause AS cause, o.observed_ms AS observed_ms,
            o.winner_tip_lamports AS winner_tip_lamports,
            CASE WHEN o.kind = 'Landed' OR (o.kind = 'Refused' AND o.cause = 'FailedOnChain')
                THEN o.realised_lamports WHEN o.kind IS NOT NULL THEN 0 END AS realised_lamports,
            CASE WHEN o.kind = 'Landed' THEN o.tip_lamports WHEN o.kind IS NOT NULL THEN 0 END AS paid_lamports
        FROM decisions d LEFT JOIN last_outcomes o
            ON d.action = 'Submit' AND o.partition = d.partition AND o.intent_seq = d.seq
        """;

    private const string Limits = """
        CREATE OR REPLACE VIEW decision_limits AS
        SELECT partition, seq, decision_id, strategy, decided_ns, unnest(limit_rules) AS rule,
            unnest(limit_bounds) AS bound, unnest(limit_observed) AS observed, unnest(limit_passed) AS passed
        FROM decisions
        """;

    private const string Candidates = """
        CREATE OR REPLACE VIEW decision_candidates AS
        SELECT partition, seq, decision_id, strategy, decided_ns, unnest(candidate_cycles) AS cycle,
            unnest(candidate_profits) AS profit, unnest(candidate_verdicts) AS verdict
        FROM decisions
        """;

    private const string Beliefs = """
        CREATE OR REPLACE VIEW arm_beliefs AS
        SELECT strategy, second, posterior_id, unnest(range(len(means))) AS arm, unnest(tip_bps) AS tip_bps,
            unnest(routes) AS route, unnest(outcomes) AS outcomes, unnest(means) AS mean, unnest(lows) AS low,
            unnest(highs) AS high
        FROM posteriors
        """;

    private const string FormatTable = "CREATE TABLE IF NOT EXISTS store_format (format BIGINT NOT NULL)";

    /// <summary>Makes what is missing, together.</summary>
    /// <exception cref="StoreUnavailableException">The file is of another form, or another program's.</exception>
    public static void Make(DuckDBConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        var tables = connection.Number("SELECT count(*) FROM duckdb_tables()");
        var isOurs = connection.Number("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'store_format'") == 1;
        if (tables > 0 && !isOurs) throw Foreign("it is another program's database");
        connection.Run(FormatTable);
        if (tables == 0) connection.Run($"INSERT INTO store_format VALUES ({Format})");
        var format = connection.Number("SELECT max(format) FROM store_format");
        if (format != Format) throw Foreign($"its tables are of form {format}, and this program's of form {Format}");
        string[] definitions =
        [
            Positions, ContextTables.Records.Definition, DecisionTable.Table.Definition,
            OutcomeTable.Submissions.Definition, OutcomeTable.Outcomes.Definition, ContextTables.Policies.Definition,
            ContextTables.Events.Definition, ContextTables.Pools.Definition, ContextTables.Posteriors.Definition,
            ContextTables.Beliefs.Definition,            LastWords, Results, Limits, Candidates, Beliefs,
        ];
        foreach (var definition in definitions) connection.Run(definition);
        transaction.Commit();
    }

    private static StoreUnavailableException Foreign(string what) => new(
        $"the decision store's file cannot be used: {what}. Move it away: a new one is filled from the journal by "
        + "itself; or name another with Store:Path.");
}
