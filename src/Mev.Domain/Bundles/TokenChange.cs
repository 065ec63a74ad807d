using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Bundles;

/// <summary>What a transaction changed one token account by.</summary>
/// <param name="Account">The token account.</param>
/// <param name="Mint">Its mint.</param>
/// <param name="Units">Units after it less those before.</param>
[GenerateSerializer, Immutable, Alias("mev.token-change")]
public readonly record struct TokenChange(
    [property: Id(0)] Pubkey Account, [property: Id(1)] Pubkey Mint, [property: Id(2)] long Units);
