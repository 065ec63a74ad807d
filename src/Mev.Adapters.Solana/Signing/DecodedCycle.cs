using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing;

/// <summary>All that an own transaction does, instruction by instruction.</summary>
internal sealed record DecodedCycle
{
    /// <summary>Compute units that it may use; none when it does not say.</summary>
    public required uint? UnitsLimit { get; init; }

    /// <summary>Micro-lamports for each of them.</summary>
    public required ulong UnitPrice { get; init; }

    /// <summary>What the payer is charged, landed or failed.</summary>
    public required Lamports Fee { get; init; }

    /// <summary>What new token accounts of the payer may take as deposit.</summary>
    public required Lamports Deposits { get; init; }

    /// <summary>The swaps, in order.</summary>
    public required ImmutableArray<DecodedSwap> Hops { get; init; }

    /// <summary>Transfers of lamports, all after the last swap.</summary>
    public required ImmutableArray<DecodedTransfer> Transfers { get; init; }
}
