using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>One call of a program, before it is compiled into a message.</summary>
public sealed record Instruction
{
    /// <summary>The program called.</summary>
    public required Pubkey Program { get; init; }

    /// <summary>What it is passed, in its own order.</summary>
    public required ImmutableArray<AccountReference> Accounts { get; init; }

    /// <summary>Its arguments.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }
}
