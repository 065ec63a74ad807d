using Mev.Journal.Stores.Rows;
using O = Mev.Adapters.DuckDb.Tables.Column<Mev.Adapters.DuckDb.Tables.Placed<Mev.Journal.Stores.Rows.OutcomeRow>>;
using S = Mev.Adapters.DuckDb.Tables.Column<Mev.Adapters.DuckDb.Tables.Placed<Mev.Journal.Stores.Rows.SubmissionRow>>;

namespace Mev.Adapters.DuckDb.Tables;

/// <summary>What became of submits: hand-overs, and outcomes as they were told.</summary>
internal static class OutcomeTable
{
    public static readonly Table<Placed<SubmissionRow>> Submissions = new("submissions",
        new S("partition", "USMALLINT NOT NULL", (to, it) => to.AppendValue((ushort)it.Partition)),
        new S("seq", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Offset)),
        new S("decision_id", "UUID", (to, it) => to.AppendValue(it.Row.DecisionId)),
        new S("opportunity_id", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Opportunity)),
        new S("intent_seq", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.IntentOffset)),
        new S("endpoint", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Endpoint)),
        new S("sent_ns", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.SentNs)),
        new S("signatures", "VARCHAR[] NOT NULL", (to, it) => to.AppendList<string>(it.Row.Signatures)));

    public static readonly Table<Placed<OutcomeRow>> Outcomes = new("outcomes",
        new O("partition", "USMALLINT NOT NULL", (to, it) => to.AppendValue((ushort)it.Partition)),
        new O("seq", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Offset)),
        new O("decision_id", "UUID", (to, it) => to.AppendValue(it.Row.DecisionId)),
        new O("opportunity_id", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Opportunity)),
        new O("strategy", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Strategy)),
        new O("intent_seq", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.IntentOffset)),
        new O("recorded_ns", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.RecordedNs)),
        new O("kind", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Kind)),
        new O("cause", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Cause)),
        new O("slot", "UBIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Slot)),
        new O("realised_lamports", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.RealisedLamports)),
        new O("tip_lamports", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.TipLamports)),
        new O("winner_tip_lamports", "BIGINT", (to, it) => to.AppendValue(it.Row.WinnerTipLamports)),
        new O("winner", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Winner)),
        new O("observed_ms", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.ObservedMs)),
        new O("corrects_seq", "BIGINT", (to, it) => to.AppendValue(it.Row.CorrectsOffset)),
        new O("token_mints", "VARCHAR[] NOT NULL", (to, it) => to.AppendList<string>(it.Row.TokenMints)),
        new O("token_units", "BIGINT[] NOT NULL", (to, it) => to.AppendList<long>(it.Row.TokenUnits)));
}
