using System.Collections.Immutable;

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

    /// <summary>As the checks of a record read it on a day.</summary>
    public static CapUse Read(ReadOnlySpan<RuleCheck> checks, long day)
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
        return subjects.IsEmpty ? None : new CapUse(new StrategyUse { Day = day, Subjects = subjects }, []);
    }

    /// <summary>What is used of a cap on a day, at most <see cref="long.MaxValue"/>.</summary>
    public long Of(in BoundCap cap, long day)
    {
        if (cap.Rule == LimitRule.AmountIn) return 0;
        var sum = Part(own, cap, day);
        if (cap.Subject.Scope == CapScope.Strategy) return sum;
        foreach (var other in others) sum = Sum(sum, Part(other, cap, day));
        return sum;
    }

    /// <summary>The sum of two amounts, at most <see cref="long.MaxValue"/>.</summary>
    public static long Sum(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;

    /// <summary>After a submit of the strategy.</summary>
    public CapUse With(ReadOnlySpan<RuleCheck> checks, long day)
    {
        var shares = CapShare.Of(checks);
        return shares.IsEmpty ? this : new CapUse(own.Opened(shares, day), others);
    }

    private static long Part(StrategyUse use, in BoundCap cap, long day)
    {
        var part = use.Of(cap.Subject, day);
        return cap.Rule == LimitRule.OpenSubmissions ? part.Open : (long)Math.Min(part.DayIn, long.MaxValue);
    }
}
