using Mev.Domain.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// One tick's auction (specs: block engine, auction). Bundles that lock an account which one of them writes exclude
/// each other; the dearer one for a compute unit wins, the earlier one where they are equal.
/// </summary>
internal static class BundleAuction
{
    /// <summary>The bundles from the best to the worst.</summary>
    public static IEnumerable<EngineBundle> Ranked(IEnumerable<EngineBundle> bundles) =>
        bundles.OrderDescending(Comparer<EngineBundle>.Create(Compare)).ThenBy(bundle => bundle.Number);

    /// <summary>The two cannot run apart.</summary>
    public static bool Conflict(EngineBundle one, EngineBundle other)
    {
        var locks = new Dictionary<Pubkey, bool>();
        foreach (var account in one.Transactions.SelectMany(transaction => transaction.Accounts))
            locks[account.Key] = account.IsWritable || locks.GetValueOrDefault(account.Key);
        foreach (var account in other.Transactions.SelectMany(transaction => transaction.Accounts))
            if (locks.TryGetValue(account.Key, out var isWritten) && (isWritten || account.IsWritable)) return true;
        return false;
    }

    // Tip over compute units requested, without a division.
    private static int Compare(EngineBundle? one, EngineBundle? other)
    {
        if (one is null || other is null) return 0;
        var (left, right) = (
            (Int128)one.SaidTip.Value * Math.Max(1, other.UnitsRequested),
            (Int128)other.SaidTip.Value * Math.Max(1, one.UnitsRequested));
        return left.CompareTo(right);
    }
}
