using Mev.Adapters.Solana.Signing;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Execution;

/// <summary>
/// What the instructions of a transaction do: compute budget, system, token accounts, lookup tables, and the swaps of
/// every protocol in the forms that the signer reads. Any other program is not on this chain.
/// </summary>
internal static class TransactionExecution
{
    /// <summary>Runs them in order; why the first one that fails does, or null.</summary>
    public static ChainError? Run(ChainTransaction transaction, TransactionEffects effects)
    {
        foreach (var (place, instruction) in transaction.Instructions.Index())
        {
            var error = Run(new Call(transaction, place, instruction, effects));
            if (error is null && effects.ComputeUnits > transaction.Budget.Units)
                error = new ChainError(place, InstructionFailure.ComputationalBudgetExceeded);
            if (error is not null) return error;
        }
        return null;
    }

    private static ChainError? Run(Call call)
    {
        var program = call.Instruction.Program;
        if (program == Programs.ComputeBudget) return call.Use(Adapters.Solana.Instructions.ComputeBudget.Units);
        if (program == Programs.System) return SystemExecution.Run(call);
        if (program == Programs.AddressLookupTable) return LookupTableExecution.Run(call);
        if (program == Programs.AssociatedToken || program == Programs.Token || program == Programs.Token2022)
            return TokenExecution.Run(call);
        return SwapForms.Find(call.Instruction) is { } found
            ? SwapExecution.Run(call, found.Swap, found.Form)
            : call.Fails(InstructionFailure.UnsupportedProgramId);
    }
}
