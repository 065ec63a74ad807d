using Mev.Domain.Chain;
using Mev.Domain.Wallets;

namespace Mev.Grains.Abstractions.Wallets;

/// <summary>A wallet as people see it.</summary>
[GenerateSerializer, Immutable, Alias("mev.wallet-view")]
public sealed record WalletView
{
    /// <summary>What a node said last; null before the first time.</summary>
    [Id(0)] public WalletObservation? Observed { get; init; }

    /// <summary>Reservations and what was spent.</summary>
    [Id(1)] public required WalletLedger Ledger { get; init; }

    /// <summary>What it keeps beside its wrapped SOL.</summary>
    [Id(2)] public required Lamports Reserve { get; init; }
}
