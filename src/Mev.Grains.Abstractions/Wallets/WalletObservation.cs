using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Grains.Abstractions.Wallets;

/// <summary>What a node said of a wallet.</summary>
[GenerateSerializer, Immutable, Alias("mev.wallet-observation")]
public sealed record WalletObservation
{
    /// <summary>As of this slot.</summary>
    [Id(0)] public required Slot Slot { get; init; }

    /// <summary>Height of the newest block that is final.</summary>
    [Id(1)] public required ulong FinalizedHeight { get; init; }

    /// <summary>Lamports, without wrapped SOL.</summary>
    [Id(2)] public required Lamports Balance { get; init; }

    /// <summary>Wrapped SOL, lamports.</summary>
    [Id(3)] public required TokenAmount Wrapped { get; init; }

    /// <summary>Nonce accounts of the wallet that are ready.</summary>
    [Id(4)] public ImmutableArray<Pubkey> Nonces { get; init; } = [];
}
