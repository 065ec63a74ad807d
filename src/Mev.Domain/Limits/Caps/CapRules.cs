using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Limits.Caps;

/// <summary>
/// Looks at every cap that binds an opportunity, in a fixed order; integers alone, and nothing is allocated.
/// </summary>
internal static class CapRules
{
    /// <summary>The reason of the first that is exceeded; none when all are kept.</summary>
    public static DecisionReason Look(
        Opportunity opportunity, CapsInForce caps, CapUse use, int openSubmissions, ref Checklist checks)
    {
        if (caps.IsEmpty) return DecisionReason.None;
        var clock = opportunity.Clock;
        var reason = Look(caps.Own, opportunity.AmountIn, use, openSubmissions, clock, ref checks);
        foreach (ref readonly var hop in opportunity.Hops.AsSpan())
        {
            if (reason != DecisionReason.None) return reason;
            var ofPool = caps.Of(new CapSubject(CapScope.Pool, hop.Hop.Pool.Address));
            reason = Look(ofPool, opportunity.AmountIn, use, openSubmissions, clock, ref checks);
            if (reason != DecisionReason.None) return reason;
            var ofToken = caps.Of(new CapSubject(CapScope.Token, hop.MintIn));
            reason = Look(ofToken, hop.AmountIn, use, openSubmissions, clock, ref checks);
        }
        return reason;
    }

    private static DecisionReason Look(
        ReadOnlySpan<BoundCap> caps, TokenAmount amountIn, CapUse use, int openSubmissions,
        in ChainClock clock, ref Checklist checks)
    {
        foreach (ref readonly var cap in caps)
        {
            var isOpen = cap.Rule == LimitRule.OpenSubmissions;
            // Of a strategy all are known, also those from before the cap.
            var used = isOpen && cap.Subject.Scope == CapScope.Strategy ? openSubmissions : use.Of(cap, clock);
            var own = isOpen ? 1 : Checklist.Signed(amountIn.Units);
            if (!checks.Pass(cap.Rule, Checklist.Signed(cap.Most), CapUse.Sum(used, own), cap.Subject, used))
                return ReasonOf(cap.Subject.Scope);
        }
        return DecisionReason.None;
    }

    private static DecisionReason ReasonOf(CapScope scope) => scope switch
    {
        CapScope.Strategy => DecisionReason.StrategyCapReached,
        CapScope.Wallet => DecisionReason.WalletCapReached,
        CapScope.Pool => DecisionReason.PoolCapReached,
        _ => DecisionReason.TokenCapReached,
    };
}
