using DuckDB.NET.Data;
using Mev.Domain.Chain;
using Mev.Domain.Evaluation;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Queries;

namespace Mev.Adapters.DuckDb.Queries;

/// <summary>What a policy is evaluated on, read from a store that no process has open, or from a copy.</summary>
public static class EvaluationRows
{
    // The sampler was asked: it chose an arm, or none was above 0.
    private const string Asked = """
        decided_ns >= $from AND decided_ns < $to AND ($strategy::VARCHAR IS NULL OR strategy = $strategy)
            AND value_lamports > 0 AND (arm IS NOT NULL OR is_declined)
        """;

    private const string Known =
        "NOT is_taken AND (is_declined OR (action = 'Submit' AND outcome IS NOT NULL AND outcome <> 'Unknown'))";

    private const string CountsSql = $"""
        SELECT count(*) FILTER (is_taken), count(*) FILTER (NOT is_taken AND action = 'Block'),
            count(*) FILTER (NOT is_taken AND action = 'Submit' AND (outcome IS NULL OR outcome = 'Unknown')),
            count(*) FILTER ({Known})
        FROM results WHERE {Asked}
        """;

    // A store that was filled before 28 November 2026 has NULL where no arm was allowed, of later kernels too. Which
    // cap forbade them all does not matter then, and 0 forbids them.
    private const string OfNoArm = "CASE WHEN kernel_version > 1 THEN 0 END";

    private const string RowsSql = $"""
        SELECT value_lamports, features, survival_bin, model_offset, coalesce(tip_cap_lamports, {OfNoArm}),
            standard_cost_lamports, fast_cost_lamports, random_key, opportunity_id, posterior_id, arm, best_arms,
            coalesce(candidates, {OfNoArm}), exploration,
            coalesce(realised_lamports, 0) - coalesce(paid_lamports, 0), coalesce(outcome = 'Landed', false)
        FROM results WHERE {Asked} AND {Known}
        ORDER BY decided_ns DESC, partition DESC, seq DESC LIMIT $most
        """;

    private const string BeliefsSql = $"""
        SELECT DISTINCT ON (posterior_id) posterior_id, sampler, bytes FROM beliefs
        WHERE posterior_id IN (SELECT posterior_id FROM results WHERE {Asked})
        """;

    /// <summary>The decisions of a time, the newest where there are more than may be taken.</summary>
    /// <param name="path">The store's file.</param>
    /// <param name="strategy">Of one strategy; null of all.</param>
    /// <param name="fromNs">Decided from then on, nanoseconds since 1970.</param>
    /// <param name="toNs">And before then.</param>
    /// <param name="most">Decisions at most.</param>
    /// <exception cref="StoreUnavailableException">It is not there, damaged, or a process has it open.</exception>
    public static EvaluationSample Read(string path, string? strategy, long fromNs, long toNs, int most) =>
        RestingStore.Read(path, connection =>
        {
            (string, object?)[] range = [("from", fromNs), ("to", toNs), ("strategy", strategy)];
            var newest = connection.Rows(RowsSql, Decision, [.. range, ("most", (long)most)]);
            var counts = connection.Rows(
                CountsSql, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), range)[0];
            var beliefs = connection.Rows(BeliefsSql, Belief, range).OfType<(PosteriorId Id, RecordedBelief Belief)>();
            LoggedDecision[] decisions = [.. newest.AsEnumerable().Reverse().OfType<LoggedDecision>()];
            return new EvaluationSample
            {
                Decisions = [.. decisions],
                Beliefs = beliefs.ToDictionary(row => row.Id, row => row.Belief),
                Taken = counts.Item1,
                Blocked = counts.Item2,
                WithoutOutcome = counts.Item3,
                Unreadable = newest.Count - decisions.Length,
                Older = Math.Max(0, counts.Item4 - most),
            };
        });

    /// <summary>Null of a row whose record holds no such numbers.</summary>
    private static LoggedDecision? Decision(DuckDBDataReader row)
    {
        var value = new Lamports(row.GetInt64(0));
        var best = row.GetFieldValue<List<int>>(11);
        if (!Digest.TryParse(row.GetString(8), out var opportunity)
            || !Digest.TryParse(row.GetString(9), out var posterior)
            || row.GetInt64(0) <= 0 || Amount(row, 5) < 0 || Amount(row, 6) < 0)
        {
            return null;
        }
        return new LoggedDecision
        {
            Context = new ChoiceContext
            {
                Value = value,
                TipFloor = Arm.TipMin,
                TipCap = row.IsDBNull(4) ? value : new Lamports(row.GetInt64(4)),
                StandardRouteCost = new Lamports(Amount(row, 5)),
                FastRouteCost = new Lamports(Amount(row, 6)),
                Features = StoredFeatures.Features(row, 1),
                SurvivalBin = StoredFeatures.SurvivalBin(row, 2),
                Offset = row.GetDouble(3),
            },
            Draws = DrawStream.For(
                new RandomKey(row.GetFieldValue<ulong>(7)), new OpportunityId(opportunity)),
            Posterior = new PosteriorId(posterior),
            Arm = row.IsDBNull(10) ? -1 : row.GetInt32(10),
            Sampled = best.Count > 0 ? best[0] : -1,
            Candidates = row.IsDBNull(12) ? null : row.GetInt32(12),
            Exploration = row.IsDBNull(13) ? 0.0 : row.GetDouble(13),
            Net = new Lamports(row.GetInt64(14)),
            HasLanded = row.GetBoolean(15),
        };
    }

    private static (PosteriorId, RecordedBelief)? Belief(DuckDBDataReader row)
    {
        using var stream = row.GetStream(2);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Digest.TryParse(row.GetString(0), out var id)
            && Enum.TryParse<SamplerKind>(row.GetString(1), out var kind)
            && Digest.Of(bytes) == id // of changed bytes nothing is believed
                ? (new PosteriorId(id), new RecordedBelief(kind, bytes))
                : null;
    }

    private static long Amount(DuckDBDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);
}
