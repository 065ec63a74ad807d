using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>
/// Rule 9: every signer is a wallet that the strategy may use, the lease covers what goes in and what it costs at most,
/// and each wallet's balance is known and keeps its reserve.
/// </summary>
internal static class LimitsRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        var (wallets, lease) = (bundle.Request.Wallets, bundle.Request.Lease);
        var costs = new Dictionary<Pubkey, Int128>();
        Int128 amountIn = 0;
        foreach (var transaction in bundle.Own)
        {
            if (transaction.Cycle is not { } cycle) return $"transaction {transaction.Place} costs nobody knows what";
            foreach (var signer in transaction.Signers)
                if (!wallets.Allowed.Contains(signer)) return $"wallet {signer} is not allowed for the strategy";
            costs[transaction.Payer] = costs.GetValueOrDefault(transaction.Payer) + CostOf(cycle);
            if (!cycle.Hops.IsEmpty) amountIn += cycle.Hops[0].AmountIn.Units;
        }
        Int128 cost = 0;
        foreach (var (wallet, own) in costs)
        {
            if (!wallets.Balances.TryGetValue(wallet, out var balance)) return $"the balance of {wallet} is not known";
            if (balance.Value - own < bundle.Request.Policy.Reserve.Value)
                return $"wallet {wallet} would not keep its reserve";
            cost += own;
        }
        if (cost > lease.Cost.Value) return $"a cost of {cost} lamports is above the lease";
        return amountIn > lease.AmountIn.Units ? $"an input of {amountIn} lamports is above the lease" : null;
    }

    private static Int128 CostOf(DecodedCycle cycle)
    {
        var cost = (Int128)cycle.Fee.Value + cycle.Deposits.Value;
        foreach (var transfer in cycle.Transfers) cost += transfer.Amount.Value;
        return cost;
    }
}
