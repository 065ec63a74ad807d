using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Limits.Caps;

/// <summary>
/// How much of its caps is used when a decision is made, its strategy's own part and that of the others: an input, of
/// which the record keeps what was read. Immutable.
/// </summary>
/// <param name="own">The strategy's.</param>
/// <param name="others">Of all other strategies.</param>
public sealed class CapUse(StrategyUse own, ImmutableArray<StrategyUse> others)
{
    /// <summary>Nothing is used.</summary>
    public static CapUse None { get; } = new(StrategyUse.Empty, []);

    /// <summary>As the checks of a record read it at its time.</summary>
    public static CapUse Read(ReadOnlySpan<RuleCheck> checks, in ChainClock clock)
    {
        var subjects = ImmutableDictionary<CapSubject, SubjectUse>.Empty;
        foreach (ref readonly var check in checks)
        {
            if (check.Subject.Scope == CapScope.Unknown || check.Used <= 0) continue;
            var use = subjects.GetValueOrDefault(check.Subject);
            subjects = subjects.SetItem(check.Subject, check.Rule switch
            {
                LimitRule.OpenSubmissions => use with { Open = (int)Math.Min(check.Used, int.MaxValue) },
                LimitRule.DayAmountIn => use with { DayIn = (ulong)check.Used },
                _ => use,
            });
        }
        if (subjects.IsEmpty) return None;
        var own = new StrategyUse
        {
            Day = StrategyUse.DayOf(clock.UnixTime),
            Subjects = subjects,
            Newest = clock,
        };
        return new CapUse(own, []);
    }

    /// <summary>What is used of a cap at a time, at most <see cref="long.MaxValue"/>.</summary>
    public long Of(in BoundCap cap, in ChainClock clock)
    {
        if (cap.Rule == LimitRule.AmountIn) return 0;
        var sum = Part(own, cap, clock);
        if (cap.Subject.Scope == CapScope.Strategy) return sum;
        foreach (var other in others) sum = Sum(sum, Part(other, cap, clock));
        return sum;
    }

    /// <summary>The sum of two amounts, at most <see cref="long.MaxValue"/>.</summary>
    public static long Sum(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;

    /// <summary>After a submit of the strategy.</summary>
    public CapUse With(ReadOnlySpan<RuleCheck> checks, in ChainClock clock)
    {
        var shares = CapShare.Of(checks);
        return shares.IsEmpty ? this : new CapUse(own.Opened(shares, clock), others);
    }

    private static long Part(StrategyUse use, in BoundCap cap, in ChainClock clock)
    {
        var part = use.Of(cap.Subject, clock);
        return cap.Rule == LimitRule.OpenSubmissions ? part.Open : (long)Math.Min(part.DayIn, long.MaxValue);
    }
}
