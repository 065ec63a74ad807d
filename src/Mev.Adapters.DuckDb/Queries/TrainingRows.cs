using System.Collections.Immutable;
using DuckDB.NET.Data;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Models;
using Mev.Journal.Stores;

namespace Mev.Adapters.DuckDb.Queries;

/// <summary>What a model is trained on, read from a store that no process has open, or from a copy.</summary>
public static class TrainingRows
{
    private const long NsPerMs = 1_000_000;

    private const string Sql = """
        SELECT value_lamports, arm, features, slot_position, survival_bin, is_randomised, outcome, cause, observed_ms,
            winner_tip_lamports, realised_lamports, decided_ns
        FROM results
        WHERE decided_ns >= $from AND decided_ns < $to AND ($strategy::VARCHAR IS NULL OR strategy = $strategy)
            AND outcome IS NOT NULL AND outcome <> 'Unknown' AND value_lamports > 0
            AND len(features) = $features AND arm >= 0 AND arm < $arms
        ORDER BY partition, seq
        """;

    /// <summary>
    /// The submitted decisions of a time with an outcome that is evidence, in the order of the journal; those of
    /// samplers that look at features alone.
    /// </summary>
    /// <param name="path">The store's file.</param>
    /// <param name="strategy">Of one strategy; null of all.</param>
    /// <param name="fromNs">Decided from then on, nanoseconds since 1970.</param>
    /// <param name="toNs">And before then.</param>
    /// <exception cref="StoreUnavailableException">It is not there, damaged, or a process has it open.</exception>
    public static ImmutableArray<TrainingRow> Read(string path, string? strategy, long fromNs, long toNs) =>
        RestingStore.Read(path, ImmutableArray<TrainingRow> (connection) =>
        [
            .. connection.Rows(
                Sql, Row, ("from", fromNs), ("to", toNs), ("strategy", strategy), ("features", FeatureVector.Length),
                ("arms", FactoredArms.Count)).OfType<TrainingRow>(),
        ]);

    /// <summary>The model of the newest decision of a time, lower hex; null where it was made without one.</summary>
    /// <param name="path">The store's file.</param>
    /// <param name="strategy">Of one strategy; null of all.</param>
    /// <param name="toNs">Decided before then, nanoseconds since 1970.</param>
    /// <exception cref="StoreUnavailableException">It is not there, damaged, or a process has it open.</exception>
    public static string? ModelInForce(string path, string? strategy, long toNs) =>
        RestingStore.Read(path, connection => connection.Rows(
            """
            SELECT model_id FROM decisions
            WHERE decided_ns < $to AND ($strategy::VARCHAR IS NULL OR strategy = $strategy) AND len(features) > 0
            ORDER BY decided_ns DESC, partition DESC, seq DESC LIMIT 1
            """,
            row => row.IsDBNull(0) ? null : row.GetString(0), ("to", toNs), ("strategy", strategy)).FirstOrDefault());

    private static TrainingRow? Row(DuckDBDataReader row)
    {
        var context = new ChoiceContext
        {
            Value = new Lamports(row.GetInt64(0)),
            TipFloor = default,
            TipCap = default,
            FastRouteCost = default,
            Features = StoredFeatures.Features(row, 2),
            SurvivalBin = StoredFeatures.SurvivalBin(row, 4),
        };
        var outcome = new BundleOutcome
        {
            Opportunity = default,
            Kind = Enum.Parse<BundleOutcomeKind>(row.GetString(6)),
            Cause = Enum.Parse<OutcomeCause>(row.GetString(7)),
            Slot = default,
            Realised = new Lamports(row.IsDBNull(10) ? 0 : row.GetInt64(10)),
            TipPaid = default,
            WinnerTip = row.IsDBNull(9) ? null : new Lamports(row.GetInt64(9)),
            Cursor = default,
            ObservedMs = row.GetInt64(8),
        };
        return LearningEvidence.TryRead(outcome, row.GetInt32(1), context, out var evidence)
            ? new TrainingRow(
                evidence, row.IsDBNull(3) ? 0.0 : row.GetDouble(3), row.GetBoolean(5), row.GetInt64(11) / NsPerMs)
            : null;
    }
}
