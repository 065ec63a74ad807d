using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Limits;

/// <summary>
/// What a strategy won and lost in the last 24 hours, by the minute of its records, and how many transactions failed
/// since its last landing. The fold of its outcomes, so a restart knows it. Not for several threads.
/// </summary>
public sealed class LossBook
{
    /// <summary>Failures that are remembered at most; beyond, the oldest give way.</summary>
    public const int FailuresKept = 1_000;

    private const long MsPerMinute = 60_000;
    private const int HourMinutes = 60;
    private const int DayMinutes = 24 * HourMinutes;

    private readonly SortedList<long, LossMinute> _minutes = [];
    private readonly Queue<long> _failures;

    /// <summary>An empty one, or as it stood.</summary>
    public LossBook(LossSnapshot? snapshot = null)
    {
        foreach (var minute in snapshot?.Minutes ?? []) _minutes[minute.Minute] = minute;
        _failures = new Queue<long>(snapshot?.Failures ?? []);
    }

    /// <summary>
    /// Takes what a result changed: of a correction the difference to what was taken before. Sums stay in range.
    /// </summary>
    /// <param name="atMs">When it was recorded, Unix milliseconds.</param>
    /// <param name="change">What it won, negative what it lost.</param>
    /// <param name="isLanded">It landed: what failed before it is over.</param>
    /// <param name="isFailed">It failed on the chain.</param>
    public void Take(long atMs, Lamports change, bool isLanded, bool isFailed)
    {
        if (isLanded) _failures.Clear();
        if (isFailed) _failures.Enqueue(atMs);
        if (_failures.Count > FailuresKept) _failures.Dequeue();
        if (change == Lamports.Zero) return;
        var minute = atMs / MsPerMinute;
        var before = _minutes.GetValueOrDefault(minute, new LossMinute(minute, 0, 0));
        _minutes[minute] = new LossMinute(
            minute, Saturated((Int128)before.Sum + change.Value), Math.Min(before.Worst, change.Value));
        while (_minutes.Keys[0] <= _minutes.Keys[^1] - DayMinutes) _minutes.RemoveAt(0);
    }

    /// <summary>The first limit that is exceeded; null when none is.</summary>
    /// <param name="limits">What may be lost.</param>
    /// <param name="fromMs">
    /// What was recorded before it, and in its minute, was understood by whoever resumed, and counts no more.
    /// </param>
    public LossBreach? Breach(LossLimits limits, long fromMs)
    {
        var failures = _failures.Count(at => at > fromMs);
        if (failures > limits.FailuresMax) return new LossBreach(LossRule.Failures, limits.FailuresMax, failures);
        if (_minutes.Count == 0) return null;
        var (from, hour) = (fromMs / MsPerMinute, _minutes.Keys[^1] - HourMinutes);
        var (worst, ofHour, sum, peak, drawdown) = (0L, default(Int128), default(Int128), default(Int128),
            default(Int128));
        foreach (var minute in _minutes.Values)
        {
            if (minute.Minute <= from) continue;
            worst = Math.Min(worst, minute.Worst);
            if (minute.Minute > hour) ofHour += minute.Sum;
            sum += minute.Sum;
            peak = Int128.Max(peak, sum);
            drawdown = Int128.Max(drawdown, peak - sum);
        }
        return Beyond(LossRule.Trade, limits.TradeMax, -(Int128)worst)
            ?? Beyond(LossRule.Hour, limits.HourMax, -ofHour)
            ?? Beyond(LossRule.Day, limits.DayMax, -sum)
            ?? Beyond(LossRule.Drawdown, limits.DrawdownMax, drawdown);
    }

    /// <summary>All of it.</summary>
    public LossSnapshot Snapshot() => new() { Minutes = [.. _minutes.Values], Failures = [.. _failures] };

    private static LossBreach? Beyond(LossRule rule, Lamports limit, Int128 loss) =>
        loss > limit.Value ? new LossBreach(rule, limit.Value, Saturated(loss)) : null;

    private static long Saturated(Int128 value) => (long)Int128.Clamp(value, long.MinValue + 1, long.MaxValue);
}
