using System.Collections.Immutable;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>What a transaction may use and what its payer is charged, by its compute budget instructions.</summary>
/// <param name="Units">Compute units that it may use.</param>
/// <param name="Fee">Lamports for signatures and priority, landed or failed.</param>
internal readonly record struct TransactionBudget(uint Units, Lamports Fee)
{
    private const uint DefaultUnits = 200_000; // of each instruction, where no limit is set (runtime)

    /// <summary>Reads them; instructions that set the same twice count once, by the last.</summary>
    public static TransactionBudget Of(int signatures, ImmutableArray<Instruction> instructions)
    {
        uint? limit = null;
        ulong price = 0;
        var others = 0u;
        foreach (var instruction in instructions)
        {
            var data = instruction.Data.Span;
            if (instruction.Program != Programs.ComputeBudget) others++;
            else if (ComputeBudget.TryReadLimit(data, out var units)) limit = units;
            else if (ComputeBudget.TryReadPrice(data, out var microLamports)) price = microLamports;
        }
        var granted = Math.Min(limit ?? others * DefaultUnits, TransactionLimits.ComputeUnitsMax);
        // A price that no payer can pay: the most that fits, which none has.
        var priced = (UInt128)granted * price < (UInt128)long.MaxValue;
        return new TransactionBudget(
            granted, priced ? TransactionFee.Of(signatures, granted, price) : new Lamports(long.MaxValue / 2));
    }
}
