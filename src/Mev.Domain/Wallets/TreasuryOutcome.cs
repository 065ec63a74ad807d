using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Wallets;

/// <summary>What became of an order of the treasury, once it is final.</summary>
[GenerateSerializer, Immutable, Alias("mev.treasury-outcome")]
public sealed record TreasuryOutcome
{
    /// <summary>Hash of the operator's command.</summary>
    [Id(0)] public required Digest Command { get; init; }

    /// <summary>Landed; Refused, when it failed on the chain at the cost of its fee; or Expired.</summary>
    [Id(1)] public required BundleOutcomeKind Kind { get; init; }

    /// <summary>Slot of its block; the default of what expired.</summary>
    [Id(2)] public required Slot Slot { get; init; }

    /// <summary>What it was charged, lamports; 0 of what expired.</summary>
    [Id(3)] public required Lamports Fee { get; init; }

    /// <summary>
    /// What its payer has more than before, wrapped SOL and the fee included, lamports; null where nobody saw it.
    /// </summary>
    [Id(4)] public required Lamports? Change { get; init; }
}
