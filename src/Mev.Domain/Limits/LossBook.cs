using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Limits;

/// <summary>
/// What a strategy won and lost in the last 24 hours, by the second of its records, and how many transactions failed
/// since its last landing. The fold of its outcomes, so a restart knows it. Not for several threads.
/// </summary>
public sealed class LossBook
{
    /// <summary>Failures that are remembered at most; beyond, the oldest give way.</summary>
    public const int FailuresKept = 1_000;

    private const long MsPerSecond = 1_000;
    private const int HourSeconds = 3_600;
    private const int DaySeconds = 24 * HourSeconds;

    private readonly SortedDictionary<long, LossSecond> _seconds = [];
    private readonly Queue<long> _failures;
    private long _newest;

    /// <summary>An empty one, or as it stood.</summary>
    public LossBook(LossSnapshot? snapshot = null)
    {
        foreach (var second in snapshot?.Seconds ?? []) _seconds[second.Second] = second;
        _newest = _seconds.Keys.LastOrDefault();
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
        var second = atMs / MsPerSecond;
        var before = _seconds.GetValueOrDefault(second, new LossSecond(second, 0, 0));
        _seconds[second] = new LossSecond(
            second, Saturated((Int128)before.Sum + change.Value), Math.Min(before.Worst, change.Value));
        _newest = Math.Max(_newest, second);
        while (_seconds.Keys.First() <= _newest - DaySeconds) _seconds.Remove(_seconds.Keys.First());
    }

    /// <summary>The first limit that is exceeded; null when none is.</summary>
    /// <param name="limits">What may be lost.</param>
    /// <param name="fromMs">
    /// What was recorded before it, and in its second, was understood by whoever resumed, and counts no more.
    /// </param>
    public LossBreach? Breach(LossLimits limits, long fromMs)
    {
        var failures = _failures.Count(at => at > fromMs);
        if (failures > limits.FailuresMax) return new LossBreach(LossRule.Failures, limits.FailuresMax, failures);
        if (_seconds.Count == 0) return null;
        var (from, hour) = (fromMs / MsPerSecond, _newest - HourSeconds);
        var (worst, ofHour, sum, peak, drawdown) = (0L, default(Int128), default(Int128), default(Int128),
            default(Int128));
        foreach (var second in _seconds.Values)
        {
            if (second.Second <= from) continue;
            worst = Math.Min(worst, second.Worst);
            if (second.Second > hour) ofHour += second.Sum;
            sum += second.Sum;
            peak = Int128.Max(peak, sum);
            drawdown = Int128.Max(drawdown, peak - sum);
        }
        return Beyond(LossRule.Trade, limits.TradeMax, -(Int128)worst)
            ?? Beyond(LossRule.Hour, limits.HourMax, -ofHour)
            ?? Beyond(LossRule.Day, limits.DayMax, -sum)
            ?? Beyond(LossRule.Drawdown, limits.DrawdownMax, drawdown);
    }

    /// <summary>All of it.</summary>
    public LossSnapshot Snapshot() => new() { Seconds = [.. _seconds.Values], Failures = [.. _failures] };

    private static LossBreach? Beyond(LossRule rule, Lamports limit, Int128 loss) =>
        loss > limit.Value ? new LossBreach(rule, limit.Value, Saturated(loss)) : null;

    private static long Saturated(Int128 value) => (long)Int128.Clamp(value, long.MinValue + 1, long.MaxValue);
}
