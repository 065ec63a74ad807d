using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Signing;

/// <summary>
/// A message of the treasury to be signed, with all that its rules ask about, as values of one moment.
/// </summary>
public sealed record TreasuryRequest
{
    /// <summary>The message.</summary>
    public required ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>SHA-256 of the message that the durable order names; none while there is no durable order.</summary>
    public required Digest? Ordered { get; init; }

    /// <summary>Who approved the order.</summary>
    public required ImmutableArray<TreasuryApproval> Approvals { get; init; }

    /// <summary>Most that the order lets it move, fee included, lamports.</summary>
    public required Lamports CostMax { get; init; }

    /// <summary>What is left of the day's cap, every other order counted whole, lamports.</summary>
    public required Lamports Left { get; init; }

    /// <summary>Largest tip of a landing probe, lamports.</summary>
    public required Lamports TipMax { get; init; }

    /// <summary>What a wallet keeps, lamports.</summary>
    public required Lamports Reserve { get; init; }

    /// <summary>The platform's wallets.</summary>
    public required SigningWallets Wallets { get; init; }

    /// <summary>Whether anything may leave at all.</summary>
    public required SigningStop Stop { get; init; }

    /// <summary>Which chain it is.</summary>
    public required SigningNetwork Network { get; init; }
}
