using System.Collections.Immutable;

namespace Mev.Domain.Limits.Caps;

/// <summary>What one submit takes of a subject's caps, by the checks that it passed, as they are recorded.</summary>
/// <param name="Subject">Whose caps.</param>
/// <param name="AmountIn">What it puts in; 0 where no cap looked at that.</param>
public readonly record struct CapShare(CapSubject Subject, ulong AmountIn)
{
    /// <summary>The shares of a submit, one for each subject.</summary>
    public static ImmutableArray<CapShare> Of(ReadOnlySpan<RuleCheck> checks)
    {
        var shares = ImmutableArray<CapShare>.Empty;
        foreach (ref readonly var check in checks)
        {
            if (check.Subject.Scope == CapScope.Unknown) continue;
            var isAmount = check is { Rule: not LimitRule.OpenSubmissions, Used: >= 0 }
                && check.Observed > check.Used;
            var share = new CapShare(check.Subject, isAmount ? (ulong)(check.Observed - check.Used) : 0);
            var at = shares.Length - 1;
            while (at >= 0 && shares[at].Subject != share.Subject) at--;
            if (at < 0) shares = shares.Add(share);
            else if (shares[at].AmountIn < share.AmountIn) shares = shares.SetItem(at, share);
        }
        return shares;
    }
}
