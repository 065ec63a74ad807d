using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Opportunities;

/// <summary>
/// One version of one account that a quote depended on: what a decision record names and replay needs.
/// </summary>
/// <param name="Key">The account.</param>
/// <param name="Owner">Its owner program.</param>
/// <param name="Slot">Slot of the version.</param>
/// <param name="WriteVersion">Write version inside the slot.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
/// <param name="Data">Its bytes; where they lie and how long they stand says <see cref="QuotedAccounts"/>.</param>
[GenerateSerializer, Immutable, Alias("mev.account-use")]
public readonly record struct AccountUse(
    [property: Id(0)] Pubkey Key,
    [property: Id(1)] Pubkey Owner,
    [property: Id(2)] Slot Slot,
    [property: Id(3)] ulong WriteVersion,
    [property: Id(4)] Digest Hash,
    [property: Id(5)] ReadOnlyMemory<byte> Data);
