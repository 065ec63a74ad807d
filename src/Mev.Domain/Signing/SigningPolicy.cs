using System.Collections.Frozen;
using Mev.Domain.Chain;

namespace Mev.Domain.Signing;

/// <summary>What operators allow a signer.</summary>
public sealed record SigningPolicy
{
    /// <summary>Slots that lie at least between an own trade and a foreign one in its direction.</summary>
    public const int SlotsApartMin = 8;

    /// <summary>Programs that a transaction may invoke.</summary>
    public required FrozenSet<Pubkey> Programs { get; init; }

    /// <summary>Largest tip, lamports.</summary>
    public required Lamports TipMax { get; init; }

    /// <summary>Largest tip in basis points of the expected profit, 0 to 10,000.</summary>
    public required int TipShareMaxBasisPoints { get; init; }

    /// <summary>What a wallet keeps beside its wrapped SOL, lamports.</summary>
    public required Lamports Reserve { get; init; }

    /// <summary>
    /// Bundles with a foreign transaction may be signed. Default false: only where one silo holds the whole wallet set
    /// can the rule across bundles be kept.
    /// </summary>
    public bool IsForeignAllowed { get; init; }

    /// <summary>Slots between an own trade and a foreign one. Default 8; a lower value counts as 8.</summary>
    public int SlotsApart { get; init; } = SlotsApartMin;
}
