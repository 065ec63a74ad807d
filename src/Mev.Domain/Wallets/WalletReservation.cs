using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Orleans;

namespace Mev.Domain.Wallets;

/// <summary>What a durable intent has reserved of a wallet: nothing but proof from the chain gives it back.</summary>
[GenerateSerializer, Immutable, Alias("mev.wallet-reservation")]
public sealed record WalletReservation
{
    /// <summary>The opportunity that the intent goes for.</summary>
    [Id(0)] public required OpportunityId Opportunity { get; init; }

    /// <summary>Wrapped SOL that its first hop puts in.</summary>
    [Id(1)] public required TokenAmount AmountIn { get; init; }

    /// <summary>What a landing pays: tip and fee, lamports.</summary>
    [Id(2)] public required Lamports Cost { get; init; }

    /// <summary>Of that, what a landing with an error pays too.</summary>
    [Id(3)] public required Lamports Fee { get; init; }

    /// <summary>Last block in which it can land.</summary>
    [Id(4)] public required ulong LastValidBlockHeight { get; init; }

    /// <summary>The transactions' first signatures, 64 bytes each; empty while nothing was signed.</summary>
    [Id(5)] public ImmutableArray<ReadOnlyMemory<byte>> Signatures { get; init; } = [];

    /// <summary>An outcome came that proves nothing: the chain is asked once it can land no more.</summary>
    [Id(6)] public bool IsDoubtful { get; init; }

    /// <summary>The slot in which it landed: the amounts are given back once the balance is of that slot.</summary>
    [Id(7)] public Slot? LandedIn { get; init; }

    /// <summary>What the outcome that holds made of it was booked as spent; 0 before and where nothing was.</summary>
    [Id(8)] public Lamports Spent { get; init; }

    /// <summary>The ledger's day in which that was booked.</summary>
    [Id(9)] public long SpentOn { get; init; }

    /// <summary>The strategy whose intent it is: outcomes of another's intent are not its own.</summary>
    [Id(10)] public string Strategy { get; init; } = "";
}
