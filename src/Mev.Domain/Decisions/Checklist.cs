using System.Collections.Immutable;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;

namespace Mev.Domain.Decisions;

/// <summary>Collects the checks of one decision in the order in which they were made.</summary>
internal ref struct Checklist(Span<RuleCheck> checks)
{
    /// <summary>Checks of the limits of all at most; caps make further ones.</summary>
    public const int ChecksMax = 7;

    private readonly Span<RuleCheck> _checks = checks;
    private int _count;

    /// <summary>An amount as checks hold it; one above is far beyond every limit that is below.</summary>
    public static long Signed(ulong units) => units > long.MaxValue ? long.MaxValue : (long)units;

    public bool Pass(LimitRule rule, long most, long observed) => Pass(rule, most, observed, default, 0);

    public bool Pass(LimitRule rule, long most, long observed, CapSubject subject, long used) =>
        Add(new RuleCheck(rule, most, observed, observed <= most, subject, used));

    public bool PassLeast(LimitRule rule, long least, long observed) =>
        Add(new RuleCheck(rule, least, observed, observed >= least));

    /// <summary>All of them.</summary>
    public readonly ImmutableArray<RuleCheck> All() => [.. _checks[.._count]];

    /// <summary>Without those of pools and tokens, of which a record that keeps no hops tells nothing.</summary>
    public readonly ImmutableArray<RuleCheck> OfNoHops()
    {
        var kept = ImmutableArray.CreateBuilder<RuleCheck>(_count);
        foreach (ref readonly var check in _checks[.._count])
            if (check.Subject.Scope == CapScope.Unknown || check.Subject.IsOwn) kept.Add(check);
        return kept.DrainToImmutable();
    }

    private bool Add(in RuleCheck check)
    {
        _checks[_count++] = check;
        return check.Passed;
    }
}
