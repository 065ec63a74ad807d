using System.Collections.Immutable;
using Mev.Control.Commands;
using Mev.Domain.Limits;

namespace Mev.Control.Policies;

/// <summary>
/// The direction in which each limit of a policy is tighter: lower for caps, higher for floors. So a change says itself
/// whether it takes one person or two.
/// </summary>
public static class PolicyChanges
{
    /// <summary>Every limit that differs; its version and when it was resumed are none.</summary>
    public static ImmutableArray<LimitChange> Between(Policy before, Policy after)
    {
        var changes = ImmutableArray.CreateBuilder<LimitChange>();
        Add("stopped", before.IsStopped, after.IsStopped, isTighter: after.IsStopped);
        AddFloor("minimum-profit", before.MinimumProfit, after.MinimumProfit);
        AddCap("amount-in-max", before.AmountInMax.Units, after.AmountInMax.Units);
        AddCap("tip-max", before.TipMax, after.TipMax);
        AddCap("open-submissions-max", before.OpenSubmissionsMax, after.OpenSubmissionsMax);
        AddCap("loss-trade-max", before.Losses.TradeMax, after.Losses.TradeMax);
        AddCap("loss-hour-max", before.Losses.HourMax, after.Losses.HourMax);
        AddCap("loss-day-max", before.Losses.DayMax, after.Losses.DayMax);
        AddCap("drawdown-max", before.Losses.DrawdownMax, after.Losses.DrawdownMax);
        AddCap("failures-max", before.Losses.FailuresMax, after.Losses.FailuresMax);
        foreach (var pool in after.QuarantinedPools.Except(before.QuarantinedPools))
            changes.Add(new LimitChange($"quarantine {pool}", "no", "yes", IsTighter: true));
        foreach (var pool in before.QuarantinedPools.Except(after.QuarantinedPools))
            changes.Add(new LimitChange($"quarantine {pool}", "yes", "no", IsTighter: false));
        AddCaps(before, after, changes);
        return changes.ToImmutable();

        void AddCap<T>(string name, T from, T to) where T : struct, IComparable<T> =>
            Add(name, from, to, isTighter: to.CompareTo(from) < 0);

        void AddFloor<T>(string name, T from, T to) where T : struct, IComparable<T> =>
            Add(name, from, to, isTighter: to.CompareTo(from) > 0);

        void Add<T>(string name, T from, T to, bool isTighter) where T : struct
        {
            if (!from.Equals(to)) changes.Add(new LimitChange(name, $"{from}", $"{to}", isTighter));
        }
    }

    /// <summary>What has no cap is bound by the limits of all alone: a cap that goes loosens.</summary>
    private static void AddCaps(Policy before, Policy after, ImmutableArray<LimitChange>.Builder changes)
    {
        var (was, becomes) = (
            before.Caps.ToDictionary(cap => cap.Key), after.Caps.ToDictionary(cap => cap.Key));
        foreach (var key in was.Keys.Union(becomes.Keys).Order())
        {
            var from = was.TryGetValue(key, out var cap) ? cap.Most : (ulong?)null;
            var to = becomes.TryGetValue(key, out cap) ? cap.Most : (ulong?)null;
            if (from == to) continue;
            changes.Add(new LimitChange(
                $"{CapNames.Of(key.Scope)} {key.Subject} {CapNames.Of(key.Rule)}", Text(from), Text(to),
                IsTighter: to is { } bound && (from is null || bound < from)));
        }

        static string Text(ulong? most) => most is { } number ? $"{number}" : "none";
    }

    /// <summary>Whom the changes take together: one that loosens makes all of them loosening.</summary>
    public static CommandClass ClassOf(ImmutableArray<LimitChange> changes) =>
        changes.All(change => change.IsTighter) ? CommandClass.Tightening : CommandClass.Loosening;
}
