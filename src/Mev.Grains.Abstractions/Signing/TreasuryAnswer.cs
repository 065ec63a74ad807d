using Mev.Domain.Wallets;

namespace Mev.Grains.Abstractions.Signing;

/// <summary>What became of an order's bytes, or why there are none.</summary>
[GenerateSerializer, Immutable, Alias("mev.treasury-answer")]
public sealed record TreasuryAnswer
{
    /// <summary>The transaction that may have left: its attempt is durable; empty otherwise.</summary>
    [Id(0)] public ReadOnlyMemory<byte> Transaction { get; init; }

    /// <summary>The id of the rule that refuses it; empty when none does.</summary>
    [Id(1)] public string Rule { get; init; } = "";

    /// <summary>What the rule found, for people; empty as above.</summary>
    [Id(2)] public string Sentence { get; init; } = "";

    /// <summary>The bytes were handed to a node. A sentence without a rule says why nobody knows that.</summary>
    [Id(3)] public bool IsSent { get; init; }

    /// <summary>What became of the order; null while that is open.</summary>
    [Id(4)] public TreasuryOutcome? Outcome { get; init; }
}
