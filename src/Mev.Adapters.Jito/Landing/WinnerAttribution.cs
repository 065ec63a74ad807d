using System.Buffers.Binary;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// Finds who took a chance of ours among the transactions that landed: the first after the trigger that may write a
/// pool of our cycle, leaves our cycle less than our tip, and pays a tip account, by whatever instruction (specs:
/// learning, winner attribution). A pure function; a tip in another transaction of their bundle is not seen.
/// </summary>
public static class WinnerAttribution
{
    private const uint TransferTag = 2;
    private const uint TransferWithSeedTag = 11;
    private const int UnitsByDefault = 200_000; // for each instruction to a program, where none are asked for
    private const int UnitsOfBuiltin = 3_000; // for each to a program of the runtime

    /// <summary>The winner; null where none is seen.</summary>
    public static AttributedWinner? Find(IEnumerable<ObservedTransaction> landed, AttributionTerms terms)
    {
        foreach (var transaction in landed.OrderBy(item => item.Slot).ThenBy(item => item.Index))
        {
            if (transaction.IsFailed || !IsAfter(transaction, terms)) continue;
            if (!transaction.Writable.Any(terms.Pools.Contains)) continue;
            if (terms.ProfitAfter(transaction) is not { } left) return null;
            if (left >= terms.Tip) continue;
            var tip = TipOf(transaction);
            if (tip <= Lamports.Zero) continue;
            var units = UnitsOf(transaction);
            return new AttributedWinner(
                transaction.Signature, transaction.Slot, tip, units, BidOf(tip, terms.Units, units),
                transaction.Slot < terms.FirstReachable);
        }
        return null;
    }

    /// <summary>Lamports that a transaction transferred to tip accounts, inner instructions included.</summary>
    public static Lamports TipOf(ObservedTransaction transaction)
    {
        UInt128 tip = 0;
        foreach (var call in transaction.Instructions)
        {
            if (call.Program != Programs.System || call.Data.Length < 12) continue;
            var tag = BinaryPrimitives.ReadUInt32LittleEndian(call.Data.Span);
            var to = tag switch { TransferTag => 1, TransferWithSeedTag => 2, _ => int.MaxValue };
            if (to < call.Accounts.Length && TipAccounts.Contains(call.Accounts[to]))
                tip += BinaryPrimitives.ReadUInt64LittleEndian(call.Data.Span[4..]);
        }
        return new Lamports((long)UInt128.Min(tip, long.MaxValue));
    }

    /// <summary>Compute units that a transaction asked for; where it did not, those that the runtime gives.</summary>
    public static ulong UnitsOf(ObservedTransaction transaction)
    {
        var given = 0L;
        foreach (var call in transaction.Instructions.Where(call => call.Depth == 1))
        {
            var isBudget = call.Program == Programs.ComputeBudget;
            if (isBudget && ComputeBudget.TryReadLimit(call.Data.Span, out var units)) return Math.Max(1, units);
            given += isBudget || call.Program == Programs.System ? UnitsOfBuiltin : UnitsByDefault;
        }
        return (ulong)Math.Clamp(given, 1, TransactionLimits.ComputeUnitsMax);
    }

    private static bool IsAfter(ObservedTransaction transaction, AttributionTerms terms) =>
        transaction.Slot > terms.TriggerSlot
        || (transaction.Slot == terms.TriggerSlot && transaction.Index > terms.TriggerIndex);

    private static Lamports BidOf(Lamports tip, uint ours, ulong theirs) =>
        new((long)Int128.Min((Int128)tip.Value * ours / theirs, long.MaxValue));
}
