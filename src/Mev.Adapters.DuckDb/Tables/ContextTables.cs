using Mev.Journal.Stores.Rows;
using A = Mev.Adapters.DuckDb.Tables.Column<Mev.Adapters.DuckDb.Tables.Placed<Mev.Journal.Stores.Rows.BeliefRow>>;
using B = Mev.Adapters.DuckDb.Tables.Column<Mev.Adapters.DuckDb.Tables.Placed<Mev.Journal.Stores.Rows.PosteriorRow>>;
using E = Mev.Adapters.DuckDb.Tables.Column<Mev.Adapters.DuckDb.Tables.Placed<Mev.Journal.Stores.Rows.EventRow>>;
using L = Mev.Adapters.DuckDb.Tables.Column<Mev.Journal.Stores.Rows.PoolRow>;
using P = Mev.Adapters.DuckDb.Tables.Column<Mev.Adapters.DuckDb.Tables.Placed<Mev.Journal.Stores.Rows.PolicyRow>>;
using R = Mev.Adapters.DuckDb.Tables.Column<Mev.Adapters.DuckDb.Tables.Placed<Mev.Journal.Stores.Rows.RecordRow>>;

namespace Mev.Adapters.DuckDb.Tables;

/// <summary>Every record, and what stands around decisions: policies, events, pools, beliefs.</summary>
internal static class ContextTables
{
    public static readonly Table<Placed<RecordRow>> Records = new("records",
        new R("partition", "USMALLINT NOT NULL", (to, it) => to.AppendValue((ushort)it.Partition)),
        new R("seq", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Offset)),
        new R("type", "VARCHAR NOT NULL", (to, it) => to.AppendValue($"{it.Row.Type}")),
        new R("recorded_ns", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.RecordedNs)),
        new R("key", "VARCHAR NOT NULL", (to, it) => to.AppendValue($"{it.Row.Key}")),
        new R("leaf_hash", "VARCHAR NOT NULL", (to, it) => to.AppendValue($"{it.Row.LeafHash}")),
        new R("state", "VARCHAR NOT NULL", (to, it) => to.AppendValue($"{it.Row.State}")),
        new R("bytes", "BLOB", (to, it) => to.AppendValue(Kept(it.Row))));

    public static readonly Table<Placed<PolicyRow>> Policies = new("policies",
        new P("partition", "USMALLINT NOT NULL", (to, it) => to.AppendValue((ushort)it.Partition)),
        new P("seq", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Offset)),
        new P("recorded_ns", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.RecordedNs)),
        new P("policy", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Name)),
        new P("version", "UBIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Version)),
        new P("policy_hash", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Hash)),
        new P("reason", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Reason)),
        new P("is_stopped", "BOOLEAN", (to, it) => to.AppendValue(it.Row.Policy?.IsStopped)),
        new P("minimum_profit_lamports", "BIGINT", (to, it) => to.AppendValue(it.Row.Policy?.MinimumProfit.Value)),
        new P("amount_in_max", "UBIGINT", (to, it) => to.AppendValue(it.Row.Policy?.AmountInMax.Units)),
        new P("tip_max_lamports", "BIGINT", (to, it) => to.AppendValue(it.Row.Policy?.TipMax.Value)),
        new P("open_submissions_max", "INTEGER", (to, it) => to.AppendValue(it.Row.Policy?.OpenSubmissionsMax)),
        new P("quarantined_pools", "VARCHAR[] NOT NULL", (to, it) => to.AppendList<string>(it.Row.QuarantinedPools)));

    public static readonly Table<Placed<EventRow>> Events = new("events",
        new E("partition", "USMALLINT NOT NULL", (to, it) => to.AppendValue((ushort)it.Partition)),
        new E("seq", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Offset)),
        new E("recorded_ns", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.RecordedNs)),
        new E("kind", "VARCHAR NOT NULL", (to, it) => to.AppendValue($"{it.Row.Kind}")),
        new E("strategy", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Strategy)),
        new E("intent_seq", "BIGINT", (to, it) => to.AppendValue(it.Row.IntentOffset)),
        new E("what", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.What)),
        new E("number", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Number)),
        new E("detail", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Detail)));

    public static readonly Table<PoolRow> Pools = new("pools",
        new L("pool", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Pool)),
        new L("protocol", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Protocol)),
        new L("mint_a", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.MintA)),
        new L("mint_b", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.MintB)));

    public static readonly Table<Placed<PosteriorRow>> Posteriors = new("posteriors",
        new B("partition", "USMALLINT NOT NULL", (to, it) => to.AppendValue((ushort)it.Partition)),
        new B("seq", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Offset)),
        new B("strategy", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Strategy)),
        new B("second", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Second)),
        new B("posterior_id", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Id)),
        new B("sampler", "VARCHAR NOT NULL", (to, it) => to.AppendValue($"{it.Row.Kind}")),
        new B("tip_bps", "INTEGER[] NOT NULL",
            (to, it) => to.AppendList(it.Row.Arms.Select(arm => arm.Arm.TipBasisPoints))),
        new B("routes", "VARCHAR[] NOT NULL", (to, it) => to.AppendList(it.Row.Arms.Select(arm => $"{arm.Arm.Route}"))),
        new B("outcomes", "DOUBLE[] NOT NULL", (to, it) => to.AppendList(it.Row.Arms.Select(arm => arm.OutcomesCount))),
        new B("means", "DOUBLE[] NOT NULL", (to, it) => to.AppendList(it.Row.Arms.Select(arm => arm.Mean))),
        new B("lows", "DOUBLE[] NOT NULL", (to, it) => to.AppendList(it.Row.Arms.Select(arm => arm.Low))),
        new B("highs", "DOUBLE[] NOT NULL", (to, it) => to.AppendList(it.Row.Arms.Select(arm => arm.High))),
        new B("factors", "VARCHAR[] NOT NULL", (to, it) => to.AppendList(it.Row.Factors.Select(part => part.Name))),
        new B("factor_means", "DOUBLE[] NOT NULL", (to, it) => to.AppendList(it.Row.Factors.Select(part => part.Mean))),
        new B("factor_lows", "DOUBLE[] NOT NULL", (to, it) => to.AppendList(it.Row.Factors.Select(part => part.Low))),
        new B("factor_highs", "DOUBLE[] NOT NULL",
            (to, it) => to.AppendList(it.Row.Factors.Select(part => part.High))),
        new B("factor_counts", "DOUBLE[] NOT NULL",
            (to, it) => to.AppendList(it.Row.Factors.Select(part => part.Count ?? double.NaN))));

    public static readonly Table<Placed<BeliefRow>> Beliefs = new("beliefs",
        new A("partition", "USMALLINT NOT NULL", (to, it) => to.AppendValue((ushort)it.Partition)),
        new A("seq", "BIGINT NOT NULL", (to, it) => to.AppendValue(it.Row.Offset)),
        new A("strategy", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Strategy)),
        new A("posterior_id", "VARCHAR NOT NULL", (to, it) => to.AppendValue(it.Row.Id)),
        new A("sampler", "VARCHAR NOT NULL", (to, it) => to.AppendValue($"{it.Row.Kind}")),
        new A("bytes", "BLOB NOT NULL", (to, it) => to.AppendValue(it.Row.Bytes.ToArray())));

    /// <summary>The journal has the bytes of every record; here are those that stand in no table.</summary>
    private static byte[]? Kept(RecordRow row) => row.State == RecordState.Taken ? null : row.Bytes.ToArray();
}
