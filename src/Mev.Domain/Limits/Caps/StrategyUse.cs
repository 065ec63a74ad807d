using System.Collections.Immutable;
using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Limits.Caps;

/// <summary>
/// What one strategy uses of the caps that bound its submits: open ones, and the sum of a day of the chain's time, UTC.
/// Of a subject it counts from the first submit that a cap of it looked at. The fold of its decisions and outcomes. A
/// day empties the sums only where the slots since the last decision leave room for it: with any other time they stay,
/// so that a false one opens no cap (two in a row that fit each other do), and go along with it, so that it closes none
/// beyond the next day.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.strategy-use")]
public sealed record StrategyUse
{
    private const long DaySeconds = 24 * 3_600;
    private const long SlotSecondsMax = 2; // some 0.4 are usual
    private const long HaltSecondsMax = 3_600; // that pass without a slot

    /// <summary>Nothing.</summary>
    public static StrategyUse Empty { get; } = new();

    /// <summary>Days since 1970; sums are of it.</summary>
    [Id(0)] public long Day { get; init; }

    /// <summary>By subject; those that use nothing are left out.</summary>
    [Id(1)]
    public ImmutableDictionary<CapSubject, SubjectUse> Subjects { get; init; } =
        ImmutableDictionary<CapSubject, SubjectUse>.Empty;

    /// <summary>The newest time of the day; default before the first, and in an earlier version's snapshot.</summary>
    [Id(2)] public ChainClock Newest { get; init; }

    /// <summary>The day of a time.</summary>
    public static long DayOf(long unixTime) => unixTime / DaySeconds;

    /// <summary>What a subject uses at a time; of a day that is over nothing is left but what is open.</summary>
    public SubjectUse Of(CapSubject subject, in ChainClock clock)
    {
        var use = Subjects.GetValueOrDefault(subject);
        return IsOverAt(clock) ? use with { DayIn = 0 } : use;
    }

    /// <summary>
    /// At the time of a decision, whatever was decided. The chain's time may step back over midnight: that counts in
    /// the newest day.
    /// </summary>
    public StrategyUse At(in ChainClock clock)
    {
        if (Subjects.IsEmpty || clock.UnixTime <= 0) return this;
        var day = DayOf(clock.UnixTime);
        if (IsOverAt(clock)) return Emptied() with { Day = day, Newest = clock };
        if (day > Day || day < Day - 1) return this with { Day = day, Newest = clock };
        return clock.UnixTime > Newest.UnixTime ? this with { Newest = clock } : this;
    }

    /// <summary>After a submit.</summary>
    public StrategyUse Opened(ImmutableArray<CapShare> shares, in ChainClock clock)
    {
        if (shares.IsEmpty) return this;
        var next = Subjects.IsEmpty ? new StrategyUse { Day = DayOf(clock.UnixTime), Newest = clock } : At(clock);
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

    private bool IsOverAt(in ChainClock clock)
    {
        if (DayOf(clock.UnixTime) <= Day) return false;
        var most = HaltSecondsMax + SlotSecondsMax * Math.Min(clock.Slot.Since(Newest.Slot), uint.MaxValue);
        return Newest == default || clock.UnixTime - Math.Max(0, Newest.UnixTime) <= most;
    }

    private StrategyUse Emptied() => new()
    {
        Subjects = Subjects.Where(each => each.Value.Open > 0).ToImmutableDictionary(
            each => each.Key, each => each.Value with { DayIn = 0 }),
    };
}
