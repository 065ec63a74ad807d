using Mev.Adapters.Solana.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>
/// Rule 4: an own transaction is known instruction by instruction, and is one cycle of its payer from wrapped SOL back
/// to it, over token accounts of ours. Each hop yields what the next puts in, the last one what the first put in, tip,
/// fee, deposits of token accounts that it makes, and least profit: so no mint nets negative, whichever pool moved
/// meanwhile. Safe alone, without the rest of the bundle.
/// </summary>
internal static class CyclicRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        if (bundle.Request.Intent.ProfitMin < Lamports.Zero) return "the least profit is negative";
        foreach (var transaction in bundle.Own)
        {
            var refusal = transaction.Cycle is { } cycle
                ? Refusal(transaction, cycle, bundle)
                : transaction.Undecoded;
            if (refusal is not null) return $"transaction {transaction.Place}: {refusal}";
        }
        return null;
    }

    private static string? Refusal(DecodedTransaction transaction, DecodedCycle cycle, DecodedBundle bundle)
    {
        var request = bundle.Request;
        var payer = transaction.Payer;
        if (transaction.Signers.Length != 1) return "more than one wallet signs";
        if (cycle.Hops.Length is < CycleMessage.HopsMin or > CycleMessage.HopsMax)
            return $"{cycle.Hops.Length} hops are no cycle";
        var wrapped = bundle.WrappedOf(payer);
        var (held, amount) = (wrapped, cycle.Hops[0].AmountIn);
        foreach (var (place, hop) in cycle.Hops.Index())
        {
            if (hop.User != payer) return $"hop {place} is not of the payer";
            if (hop.UserIn != held) return $"hop {place} does not put in what the hop before took out";
            if (hop.AmountIn.Units > amount.Units) return $"hop {place} may draw on inventory";
            var isOurs = hop.UserOut == wrapped || request.Wallets.TokenAccounts.Contains(hop.UserOut)
                || cycle.Created.Contains(hop.UserOut);
            if (!isOurs) return $"hop {place} pays into a token account that is not known as ours";
            (held, amount) = (hop.UserOut, hop.AmountOutMin);
        }
        if (held != wrapped) return "it does not end in wrapped SOL";
        var guarded = (Int128)cycle.Hops[0].AmountIn.Units + cycle.Fee.Value + cycle.Deposits.Value
            + request.Intent.ProfitMin.Value;
        foreach (var transfer in cycle.Transfers)
        {
            if (transfer.From != payer) return "somebody else than the payer pays";
            guarded += transfer.Amount.Value;
        }
        return amount.Units >= guarded
            ? null
            : $"it may end with {amount.Units} lamports where {guarded} are needed";
    }
}
