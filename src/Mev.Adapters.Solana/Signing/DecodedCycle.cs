using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing;

/// <summary>All that an own transaction does, instruction by instruction.</summary>
internal sealed record DecodedCycle
{
    private const int TokenAccountBytesMax = 512; // 165 of SPL Token, more with extensions of Token-2022

    /// <summary>Compute units that it may use; none when it does not say.</summary>
    public required uint? UnitsLimit { get; init; }

    /// <summary>Micro-lamports for each of them.</summary>
    public required ulong UnitPrice { get; init; }

    /// <summary>What the payer is charged, landed or failed.</summary>
    public required Lamports Fee { get; init; }

    /// <summary>Token accounts of the payer that it makes where they do not exist.</summary>
    public required ImmutableArray<Pubkey> Created { get; init; }

    /// <summary>What those may take as deposit.</summary>
    public Lamports Deposits => new(Created.Length * Rent.Mainnet.Minimum(TokenAccountBytesMax).Value);

    /// <summary>The swaps, in order.</summary>
    public required ImmutableArray<DecodedSwap> Hops { get; init; }

    /// <summary>Transfers of lamports, all after the last swap.</summary>
    public required ImmutableArray<DecodedTransfer> Transfers { get; init; }
}
