using System.Collections.Immutable;
using Orleans;

namespace Mev.Domain.Limits.Caps;

/// <summary>
/// What one strategy uses of the caps that bound its submits: open ones, and the sum of a day of the chain's time, UTC.
/// Of a subject it counts from the first submit that a cap of it looked at. The fold of its submits and outcomes.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.strategy-use")]
public sealed record StrategyUse
{
    private const long DaySeconds = 24 * 3_600;

    /// <summary>Nothing.</summary>
    public static StrategyUse Empty { get; } = new();

    /// <summary>Days since 1970; sums are of it.</summary>
    [Id(0)] public long Day { get; init; }

    /// <summary>By subject; those that use nothing are left out.</summary>
    [Id(1)]
    public ImmutableDictionary<CapSubject, SubjectUse> Subjects { get; init; } =
        ImmutableDictionary<CapSubject, SubjectUse>.Empty;

    /// <summary>The day of a time.</summary>
    public static long DayOf(long unixTime) => unixTime / DaySeconds;

    /// <summary>What a subject uses on a day; of a day that is over nothing is left but what is open.</summary>
    public SubjectUse Of(CapSubject subject, long day)
    {
        var use = Subjects.GetValueOrDefault(subject);
        return day > Day ? use with { DayIn = 0 } : use;
    }

    /// <summary>After a submit. One of an earlier day counts in the newest: the chain's time may step back.</summary>
    public StrategyUse Opened(ImmutableArray<CapShare> shares, long day)
    {
        if (shares.IsEmpty) return this;
        var next = day > Day ? At(day) : this;
        var subjects = next.Subjects;
        foreach (var share in shares)
        {
            var use = subjects.GetValueOrDefault(share.Subject);
            var dayIn = use.DayIn > ulong.MaxValue - share.AmountIn ? ulong.MaxValue : use.DayIn + share.AmountIn;
            subjects = subjects.SetItem(share.Subject, new SubjectUse(use.Open + 1, dayIn));
        }
        return next with { Subjects = subjects };
    }

    /// <summary>A submit of these subjects is open no longer; what it put in stays in the day's sum.</summary>
    public StrategyUse Closed(ImmutableArray<CapSubject> subjects)
    {
        var next = this;
        foreach (var subject in subjects.IsDefault ? [] : subjects)
        {
            if (!next.Subjects.TryGetValue(subject, out var use)) continue;
            use = use with { Open = Math.Max(0, use.Open - 1) };
            next = next with
            {
                Subjects = use == default ? next.Subjects.Remove(subject) : next.Subjects.SetItem(subject, use),
            };
        }
        return next;
    }

    private StrategyUse At(long day) => new()
    {
        Day = day,
        Subjects = Subjects.Where(each => each.Value.Open > 0).ToImmutableDictionary(
            each => each.Key, each => each.Value with { DayIn = 0 }),
    };
}
