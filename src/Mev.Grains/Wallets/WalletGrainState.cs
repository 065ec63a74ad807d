using System.Collections.Immutable;
using Mev.Domain.Wallets;

namespace Mev.Grains.Wallets;

/// <summary>Saved state of a wallet grain: the ledger and how far the journal's partitions are part of it.</summary>
[GenerateSerializer, Immutable, Alias("mev.wallet-grain-state")]
internal sealed record WalletGrainState
{
    /// <summary>The ledger.</summary>
    [Id(0)] public WalletLedger Ledger { get; init; } = new();

    /// <summary>The offset of each strategy partition's next record, from partition 1 on; 0 beyond the end.</summary>
    [Id(1)] public ImmutableArray<long> NextOffsets { get; init; } = [];
}
