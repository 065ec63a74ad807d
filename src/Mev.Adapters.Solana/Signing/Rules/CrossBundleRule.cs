using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>
/// Rule 5: what one bundle may not do, two must not do together. A foreign transaction refuses when any wallet of ours
/// traded in its direction on one of its pools in the last slots or is about to, and when its direction there is not
/// known.
/// </summary>
internal static class CrossBundleRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        var (policy, history) = (bundle.Request.Policy, bundle.Request.History);
        foreach (var foreign in bundle.Foreign)
        {
            if (!policy.IsForeignAllowed) return "bundles with a foreign transaction are off";
            foreach (var own in history.Own)
            {
                if (!IsNear(own, history.Slot, policy.SlotsApart) || !foreign.Names(own.Trade.Pool.Address)) continue;
                if (!IsOpposite(own.Trade, history)) return $"a wallet of ours trades likewise on {own.Trade.Pool}";
            }
        }
        return null;
    }

    private static bool IsNear(OwnTrade own, Slot now, int slotsApart)
    {
        var slots = (ulong)Math.Max(slotsApart, SigningPolicy.SlotsApartMin);
        return own.LandedIn is not { } landed || landed >= now || now.Value - landed.Value <= slots;
    }

    /// <summary>It is known that the foreign transaction trades there, and only the other way.</summary>
    private static bool IsOpposite(PoolTrade own, SigningHistory history)
    {
        var isKnown = false;
        foreach (var trade in history.Foreign)
        {
            if (trade.Pool != own.Pool) continue;
            if (trade.MintIn == own.MintIn) return false;
            isKnown = true;
        }
        return isKnown;
    }
}
