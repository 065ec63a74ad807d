using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;

namespace Mev.Simulator.Chain;

/// <summary>What a transaction did.</summary>
internal sealed record ChainReceipt
{
    /// <summary>Why nothing but its fee was taken; null when it succeeded.</summary>
    public required ChainError? Error { get; init; }

    /// <summary>Nothing but its fee was taken.</summary>
    public bool IsFailed => Error is not null;

    /// <summary>Compute units that it used.</summary>
    public required ulong ComputeUnits { get; init; }

    /// <summary>Instructions that its own called, with the number of the caller, in order.</summary>
    public required ImmutableArray<(int Outer, CompiledInstruction Instruction)> Inner { get; init; }

    /// <summary>Values of its accounts before and after, in its own order; null for one that does not exist.</summary>
    public required ImmutableArray<(ChainAccount? Before, ChainAccount? After)> Accounts { get; init; }
}
