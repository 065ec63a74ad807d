using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Opportunities;
using Mev.Domain.Wallets;
using Mev.Grains.Abstractions.Commands;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Wallets;

/// <summary>
/// What one wallet has in flight. Key: the wallet's address, base58. Durable intents reserve, proof from the chain
/// releases; an activation reads both from the journal.
/// </summary>
[Alias("mev.wallet"), GrainInterfaceType("mev.wallet")]
public interface IWalletGrain : IGrainWithStringKey
{
    /// <summary>Reserves for a durable intent, once, and tells what is left for it.</summary>
    [Alias("reserve")]
    ValueTask<WalletLease> Reserve(WalletReservation reservation);

    /// <summary>Keeps the signatures by which the chain can be asked for an intent's transactions.</summary>
    [Alias("keep-signatures")]
    ValueTask KeepSignatures(OpportunityId opportunity, ImmutableArray<ReadOnlyMemory<byte>> signatures);

    /// <summary>Takes a journalled outcome: releases what it proves to be at stake no longer.</summary>
    [Alias("settle")]
    ValueTask Settle(BundleOutcome outcome);

    /// <summary>Takes a journalled outcome in the place of the one before: what that booked is booked anew.</summary>
    [Alias("correct")]
    ValueTask Correct(BundleOutcome outcome);

    /// <summary>
    /// Takes what a node said of the wallet; answers the reservations of which only the chain can tell what became.
    /// </summary>
    [Alias("observe")]
    ValueTask<ImmutableArray<WalletReservation>> Observe(WalletObservation observation);

    /// <summary>Releases an intent whose transactions are absent and too late to land: it cost nothing.</summary>
    [Alias("prove")]
    ValueTask Prove(OpportunityId opportunity);

    /// <summary>Releases an intent of which a transaction is final: what it may cost counts as spent.</summary>
    [Alias("prove-final")]
    ValueTask ProveFinal(OpportunityId opportunity);

    /// <summary>Balance, reservations, nonce accounts.</summary>
    [Alias("describe"), ReadOnly, ClientReadable]
    ValueTask<WalletView> Describe();
}
