using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>
/// Rule 8: exactly one transfer, in the last own transaction, to a derived tip account whose key is in the message
/// itself; at least what counts, at most the policy's cap and its share of the expected profit.
/// </summary>
internal static class TipRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        var (request, own) = (bundle.Request, bundle.Own.ToList());
        var isMainnet = request.Network.GenesisHash == Genesis.Mainnet;
        if (isMainnet && request.Network.ReportedTipAccounts is { } reported && !TipAccounts.Matches(reported))
            return "the engine reports other tip accounts than the derived ones";
        var transfers = own.Sum(transaction => transaction.Cycle?.Transfers.Length ?? 0);
        if (transfers != 1) return $"{transfers} transfers";
        if (own[^1].Cycle is not { Transfers: [var tip] }) return "the tip is not in the last own transaction";
        if (!TipAccounts.Contains(tip.To)) return "the transfer goes to no tip account";
        if (!tip.IsStatic) return "the tip account comes from a lookup table";
        if (tip.Amount < TipAccounts.TipMin) return $"a tip of {tip.Amount} lamports does not count";
        if (tip.Amount > request.Policy.TipMax) return $"a tip of {tip.Amount} lamports is above the cap";
        var share = (Int128)request.Intent.ProfitExpected.Value * request.Policy.TipShareMaxBasisPoints / 10_000;
        return tip.Amount.Value > share
            ? $"a tip of {tip.Amount} lamports is above its share of the expected profit"
            : null;
    }
}
