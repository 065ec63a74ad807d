using Mev.Domain.Chain;

namespace Mev.Grains.Abstractions.Shards;

/// <summary>One account of a pool, for people.</summary>
[GenerateSerializer, Immutable, Alias("mev.account-view")]
public sealed record AccountView(
    [property: Id(0)] Pubkey Key,
    [property: Id(1)] Pubkey Owner,
    [property: Id(2)] Slot Slot,
    [property: Id(3)] ulong WriteVersion,
    [property: Id(4)] int Bytes,
    [property: Id(5)] Digest Hash);
