using System.Collections.Immutable;
using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Signing;

/// <summary>A message of the treasury with the command behind it: what is journalled before it is signed.</summary>
[GenerateSerializer, Immutable, Alias("mev.treasury-order")]
public sealed record TreasuryOrder
{
    /// <summary>Hash of the operator's command; one command has one order.</summary>
    [Id(0)] public required Digest Command { get; init; }

    /// <summary>The message that is to be signed.</summary>
    [Id(1)] public required ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>Who approved it. Empty refuses.</summary>
    [Id(2)] public required ImmutableArray<TreasuryApproval> Approvals { get; init; }

    /// <summary>
    /// Most that it may move, deposits, tip and fee included: so much it takes of the day's cap, lamports.
    /// </summary>
    [Id(3)] public required Lamports CostMax { get; init; }
}
