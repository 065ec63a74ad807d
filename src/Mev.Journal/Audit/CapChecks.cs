using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;

namespace Mev.Journal.Audit;

/// <summary>The checks of caps that a record tells; those of the limits of all are left out.</summary>
public static class CapChecks
{
    /// <summary>What can be no check of a cap, in a record from elsewhere, is left out too.</summary>
    public static Domain.Limits.RuleCheck[] Of(DecisionCore core) =>
    [
        .. core.Checks.Where(check => check.Scope != 0 && SubjectOf(check).Scope != CapScope.Unknown)
            .Select(check => new Domain.Limits.RuleCheck(
                (LimitRule)check.Rule, check.Limit, check.Observed, check.Passed, SubjectOf(check), check.Used)),
    ];

    /// <summary>Whose cap it is; of a limit of all, and of what names none, nobody's.</summary>
    public static CapSubject SubjectOf(Contracts.V1.RuleCheck check) => check.Scope switch
    {
        (uint)CapScope.Strategy when check.Subject.IsEmpty => new CapSubject(CapScope.Strategy),
        (uint)CapScope.Wallet or (uint)CapScope.Pool or (uint)CapScope.Token
            when check.Subject.Length == Pubkey.Length =>
            new CapSubject((CapScope)check.Scope, new Pubkey(check.Subject.Span)),
        _ => default,
    };

    /// <summary>The rule, and whose cap of it.</summary>
    public static string NameOf(Contracts.V1.RuleCheck check)
    {
        var (rule, subject) = ((LimitRule)check.Rule, SubjectOf(check));
        return subject.Scope == CapScope.Unknown ? $"{rule}" : $"{rule} of {subject}";
    }
}
