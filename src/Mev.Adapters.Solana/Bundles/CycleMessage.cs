using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Bundles;

/// <summary>
/// The transaction of a cycle: compute budget, every hop with its exact amounts, tip. Safe alone: each hop must yield
/// what the next one puts in, so none draws on inventory, and the last must yield principal, tip, fee and least
/// profit; else all of it fails, the tip with it. Building it is a pure function.
/// </summary>
/// <param name="Message">What is to be signed.</param>
/// <param name="UnitsLimit">Compute units asked for; the bid of a bundle is its tip over these.</param>
/// <param name="Fee">What the wallet is charged, landed or failed.</param>
/// <param name="GuardOut">Least output of the last hop.</param>
public sealed record CycleMessage(TransactionMessage Message, uint UnitsLimit, Lamports Fee, TokenAmount GuardOut)
{
    /// <summary>Hops at least.</summary>
    public const int HopsMin = 2;

    /// <summary>Hops at most.</summary>
    public const int HopsMax = 8;

    private const uint UnitsStep = 1_000;

    /// <summary>Builds it; null, and why, when such a transaction must fail or must not be sent.</summary>
    public static CycleMessage? Build(CycleTerms terms, out CycleRefusal refusal)
    {
        refusal = Check(terms);
        if (refusal != CycleRefusal.None) return null;
        var units = UnitsOf(terms);
        if (units > TransactionLimits.ComputeUnitsMax) return Refuse(CycleRefusal.TooManyUnits, out refusal);
        var limit = LimitOf(units, terms.UnitsMarginBasisPoints);
        var fee = TransactionFee.Of(signatures: 1, limit, terms.UnitPriceMicroLamports);
        var (first, last) = (terms.Hops[0].Amounts, terms.Hops[^1].Amounts);
        var guard = (UInt128)first.AmountIn.Units + Units(terms.Tip) + Units(fee) + Units(terms.ProfitMin);
        if (guard > last.AmountOut.Units) return Refuse(CycleRefusal.Unprofitable, out refusal);
        var left = terms.WalletBalance - fee - terms.Tip;
        if (left < Lamports.Zero || !terms.Rent.Allows(left)) return Refuse(CycleRefusal.Unfunded, out refusal);
        var guardOut = new TokenAmount((ulong)guard);
        var (instructions, kept) = (Instructions(terms, limit, guardOut), KeptStatic(terms));
        var tables = TableChoice.Of(terms.Wallet, instructions, terms.Tables, kept);
        var message = MessageCompiler.V0(terms.Wallet, terms.Blockhash, instructions, tables, kept);
        refusal = RefusalOf(TransactionLimits.Check(message));
        return refusal == CycleRefusal.None ? new CycleMessage(message, limit, fee, guardOut) : null;
    }

    private static CycleRefusal Check(CycleTerms terms)
    {
        var hops = terms.Hops;
        if (hops.Length is < HopsMin or > HopsMax) return CycleRefusal.Hops;
        var isTip = terms.Tip == Lamports.Zero || terms.Tip >= TipAccounts.TipMin;
        if (!isTip || terms.ProfitMin < Lamports.Zero || terms.UnitsMarginBasisPoints < 0) return CycleRefusal.Amounts;
        var wrapped = terms.Wrapped ?? AssociatedToken.Address(terms.Wallet, Mints.Wsol, Programs.Token);
        var held = wrapped;
        foreach (var hop in hops)
        {
            if (hop.Accounts.User != terms.Wallet || hop.Accounts.UserIn != held) return CycleRefusal.NotACycle;
            held = hop.Accounts.UserOut;
        }
        if (held != wrapped) return CycleRefusal.NotACycle;
        var isHandedOn = hops.Zip(hops.Skip(1)).All(pair =>
            pair.Second.Amounts.AmountIn.Units <= pair.First.Amounts.AmountOut.Units);
        return isHandedOn ? CycleRefusal.None : CycleRefusal.DrawsOnInventory;
    }

    /// <summary>
    /// Compute units that a message of given swaps with a tip asks for by the usual margin: what a cycle that nobody
    /// built would have bid for.
    /// </summary>
    /// <param name="swaps">Units of each swap.</param>
    public static uint UnitsLimitOf(IEnumerable<ulong> swaps) => LimitOf(
        swaps.Aggregate(ComputeBudget.Units + (ulong)SystemProgram.Units, (sum, units) => sum + units),
        CycleTerms.UnitsMarginDefault);

    private static ulong UnitsOf(CycleTerms terms)
    {
        var units = ComputeBudget.Units * (terms.UnitPriceMicroLamports == 0 ? 1UL : 2UL);
        if (terms.Tip > Lamports.Zero) units += SystemProgram.Units;
        foreach (var hop in terms.Hops) units += hop.Accounts.Use.Units(hop.Amounts.TicksCrossed);
        return units;
    }

    /// <summary>With the margin, in whole steps, never above what a transaction may ask for.</summary>
    private static uint LimitOf(ulong units, int marginBasisPoints)
    {
        var needed = units + units * (ulong)marginBasisPoints / 10_000;
        var rounded = (needed + UnitsStep - 1) / UnitsStep * UnitsStep;
        return (uint)Math.Min(rounded, TransactionLimits.ComputeUnitsMax);
    }

    private static List<Instruction> Instructions(CycleTerms terms, uint limit, TokenAmount guardOut)
    {
        List<Instruction> instructions = [ComputeBudget.Limit(limit)];
        if (terms.UnitPriceMicroLamports > 0) instructions.Add(ComputeBudget.Price(terms.UnitPriceMicroLamports));
        foreach (var (index, hop) in terms.Hops.Index())
        {
            var isLast = index == terms.Hops.Length - 1;
            var least = isLast ? guardOut : terms.Hops[index + 1].Amounts.AmountIn;
            instructions.Add(hop.Accounts.ExactIn(hop.Amounts.AmountIn, least));
        }
        if (terms.Tip > Lamports.Zero)
            instructions.Add(SystemProgram.Transfer(terms.Wallet, terms.TipAccount, terms.Tip, Named(terms)));
        return instructions;
    }

    /// <summary>The tip account and the named key must be seen without loading a table.</summary>
    private static Pubkey[] KeptStatic(CycleTerms terms) => [terms.TipAccount, .. Named(terms)];

    private static Pubkey[] Named(CycleTerms terms) => terms.DontFront is { } key ? [key] : [];

    private static CycleRefusal RefusalOf(TransactionDefect defect) => defect switch
    {
        TransactionDefect.None => CycleRefusal.None,
        TransactionDefect.TooLong => CycleRefusal.TooLong,
        TransactionDefect.TooManyAccounts => CycleRefusal.TooManyAccounts,
        _ => throw new InvalidOperationException($"compiled a message with the defect {defect}"),
    };

    private static CycleMessage? Refuse(CycleRefusal reason, out CycleRefusal refusal)
    {
        refusal = reason;
        return null;
    }

    private static ulong Units(Lamports amount) => checked((ulong)amount.Value);
}
