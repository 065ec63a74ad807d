using System.Collections.Immutable;
using Mev.Adapters.Solana.Signing.Rules;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing.Treasury;

/// <summary>
/// The rules of the second class of signatures (specs: block engine, treasury): exact forms, own destinations, a
/// durable order of an operator's command, a daily cap. A pure function of the request; each rule fails closed.
/// </summary>
internal static class TreasuryGuard
{
    /// <summary>All rules, in their order.</summary>
    public static ImmutableArray<(GuardRule Rule, Func<DecodedOrder, string?> Refusal)> Rules { get; } =
    [
        (GuardRule.Mixed, Mixed), (GuardRule.TreasuryForm, Form), (GuardRule.TreasuryDestination, Destination),
        (GuardRule.Tip, Tip), (GuardRule.Limits, Limits), (GuardRule.TreasuryCap, Cap),
        (GuardRule.Stop, order => StopRule.Refusal(order.Request.Stop)), (GuardRule.Intent, Intent),
        (GuardRule.Shape, Shape), (GuardRule.Network, order => NetworkRule.Refusal(order.Request.Network)),
    ];

    /// <summary>The first refusal; none for a message that may be signed.</summary>
    public static SigningRefusal? Check(TreasuryRequest request, out DecodedOrder? order) =>
        Check(request, Rules, out order);

    /// <summary>The same by given rules: tests take one away and see what passes then.</summary>
    internal static SigningRefusal? Check(
        TreasuryRequest request, IEnumerable<(GuardRule Rule, Func<DecodedOrder, string?> Refusal)> rules,
        out DecodedOrder? order)
    {
        order = TreasuryDecoder.Read(request);
        if (order is null) return new SigningRefusal(GuardRule.Shape, "its bytes are no message without tables");
        foreach (var (rule, check) in rules)
            if (check(order) is { } sentence) return new SigningRefusal(rule, sentence);
        return null;
    }

    private static string? Mixed(DecodedOrder order) =>
        order.Message.Header.Signers == 1 && order.Request.Wallets.All.Contains(order.Payer)
            ? null
            : "it is not signed by one wallet of ours alone";

    private static string? Form(DecodedOrder order) =>
        order.Form == TreasuryForm.Unknown ? "it has none of the treasury's forms" : null;

    /// <summary>
    /// Outside the platform two persons are needed: one who may change keys, one who may let money go.
    /// </summary>
    private static string? Destination(DecodedOrder order)
    {
        if (order.Request.Wallets.All.Contains(order.Destination)) return null;
        var approvals = order.Request.Approvals;
        var isApproved = approvals.Any(admin => admin.Role == TreasuryRole.Admin && approvals.Any(risk =>
            risk.Role == TreasuryRole.Risk && risk.Principal != admin.Principal));
        return isApproved
            ? null
            : $"{order.Destination} is outside the platform, and not an administrator and a risk officer approved it";
    }

    private static string? Tip(DecodedOrder order)
    {
        if (order.Form != TreasuryForm.Probe) return null;
        if (order.Tip < TipAccounts.TipMin) return $"a tip of {order.Tip} lamports does not count";
        return order.Tip > order.Request.TipMax ? $"a tip of {order.Tip} lamports is above the cap" : null;
    }

    private static string? Limits(DecodedOrder order)
    {
        var wallets = order.Request.Wallets;
        if (!wallets.Allowed.Contains(order.Payer)) return $"wallet {order.Payer} is not allowed";
        if (!wallets.Balances.TryGetValue(order.Payer, out var balance))
            return $"the balance of {order.Payer} is not known";
        return (Int128)balance.Value - order.Amount.Value - order.Fee.Value < order.Request.Reserve.Value
            ? $"wallet {order.Payer} would not keep its reserve"
            : null;
    }

    /// <summary>What the order says it costs is what the day's orders are summed by.</summary>
    private static string? Cap(DecodedOrder order)
    {
        var (cost, most) = ((Int128)order.Amount.Value + order.Fee.Value, order.Request.CostMax);
        if (cost > most.Value) return $"it moves {cost} lamports, more than the {most} of its order";
        return most > order.Request.Left ? $"{most} lamports are above what is left of the day's cap" : null;
    }

    private static string? Intent(DecodedOrder order)
    {
        if (order.Request.Ordered != Digest.Of(order.Request.Message.Span)) return "no durable order names the message";
        return order.Request.Approvals.Any(one => one.Role != TreasuryRole.Unknown && one.Principal.Length > 0)
            ? null
            : "nobody approved the order";
    }

    private static string? Shape(DecodedOrder order)
    {
        var defect = TransactionLimits.Check(order.Message);
        return defect == TransactionDefect.None ? null : $"it may not be sent ({defect})";
    }
}
