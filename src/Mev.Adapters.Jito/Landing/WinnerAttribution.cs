using System.Buffers.Binary;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// What a transaction bid that took a chance of ours (specs: learning, winner attribution). A pure function; a tip in
/// another transaction of their bundle is not seen.
/// </summary>
public static class WinnerAttribution
{
    private const uint TransferTag = 2;
    private const uint TransferWithSeedTag = 11;
    private const int UnitsByDefault = 200_000; // for each instruction to a program, where none are asked for
    private const int UnitsOfBuiltin = 3_000; // for each to a program of the runtime

    /// <summary>The winner; null where it paid no tip account, by whatever instruction.</summary>
    /// <param name="transaction">The transaction after which the chance was gone.</param>
    /// <param name="units">Compute units that our bundle asks for.</param>
    /// <param name="isAhead">It landed before ours could have.</param>
    public static AttributedWinner? Of(ObservedTransaction transaction, uint units, bool isAhead)
    {
        var tip = TipOf(transaction);
        if (tip <= Lamports.Zero) return null;
        var theirs = UnitsOf(transaction);
        return new AttributedWinner
        {
            Signature = transaction.Signature.ToString(),
            Slot = transaction.Slot,
            Tip = tip,
            Units = theirs,
            Bid = BidOf(tip, units, theirs),
            IsAhead = isAhead,
        };
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

    private static Lamports BidOf(Lamports tip, uint ours, ulong theirs) =>
        new((long)Int128.Min((Int128)tip.Value * ours / theirs, long.MaxValue));
}
