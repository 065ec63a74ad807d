using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Orleans;

namespace Mev.Domain.Wallets;

/// <summary>
/// A wallet's open reservations and what it spent in a day. Each step is idempotent, so told twice, or told by a caller
/// and read again from the journal, it is the same.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.wallet-ledger")]
public sealed record WalletLedger
{
    private const long MillisecondsPerDay = 86_400_000;

    /// <summary>Open reservations.</summary>
    [Id(0)]
    public ImmutableDictionary<OpportunityId, WalletReservation> Open { get; init; } =
        ImmutableDictionary<OpportunityId, WalletReservation>.Empty;

    /// <summary>The day, counted from 1970 (UTC), of which <see cref="SpentToday"/> tells.</summary>
    [Id(1)] public long Day { get; init; }

    /// <summary>Tips and fees of that day's landings, those with an error included.</summary>
    [Id(2)] public Lamports SpentToday { get; init; }

    /// <summary>Opportunities settled for good in the day, so that none is reserved again.</summary>
    [Id(3)] public ImmutableHashSet<OpportunityId> Settled { get; init; } = [];

    /// <summary>Wrapped SOL that open intents put in together.</summary>
    public TokenAmount AmountIn => new((ulong)Open.Values.Sum(reservation => (long)reservation.AmountIn.Units));

    /// <summary>Tips and fees that open intents may still pay.</summary>
    public Lamports Cost => new(Open.Values.Sum(reservation => reservation.Cost.Value));

    /// <summary>Days since 1970.</summary>
    public static long DayOf(long unixMs) => unixMs / MillisecondsPerDay;

    /// <summary>With a reservation, unless there is one of that opportunity or it was settled.</summary>
    public WalletLedger Reserve(WalletReservation reservation) =>
        Open.ContainsKey(reservation.Opportunity) || Settled.Contains(reservation.Opportunity)
            ? this
            : this with { Open = Open.Add(reservation.Opportunity, reservation) };

    /// <summary>With the signatures by which the chain is asked for an open one.</summary>
    public WalletLedger WithSignatures(OpportunityId opportunity, ImmutableArray<ReadOnlyMemory<byte>> signatures) =>
        Open.TryGetValue(opportunity, out var known)
            ? this with { Open = Open.SetItem(opportunity, known with { Signatures = signatures }) }
            : this;

    /// <summary>After an outcome: settled by proof, doubtful without.</summary>
    public WalletLedger Settle(BundleOutcome outcome)
    {
        if (!Open.TryGetValue(outcome.Opportunity, out var known) || known.LandedIn is not null) return this;
        if (!ReservationProof.Is(outcome.Kind, outcome.Cause))
            return this with { Open = Open.SetItem(outcome.Opportunity, known with { IsDoubtful = true }) };
        var isLanded = outcome.Kind == BundleOutcomeKind.Landed;
        var spent = isLanded ? known.Fee + outcome.TipPaid
            : outcome.Cause == OutcomeCause.FailedOnChain ? known.Fee : Lamports.Zero;
        var later = On(DayOf(outcome.ObservedMs));
        later = later with { SpentToday = later.SpentToday + spent };
        return isLanded
            ? later with { Open = Open.SetItem(outcome.Opportunity, known with { LandedIn = outcome.Slot }) }
            : later.Without(outcome.Opportunity);
    }

    /// <summary>Without one that the chain proved to be at stake no longer.</summary>
    public WalletLedger Without(OpportunityId opportunity) =>
        this with { Open = Open.Remove(opportunity), Settled = Settled.Add(opportunity) };

    /// <summary>Once the balance is known as of a slot: landings up to it are part of the balance.</summary>
    public WalletLedger BalanceKnown(Slot slot)
    {
        var ledger = this;
        foreach (var (opportunity, reservation) in Open)
            if (reservation.LandedIn <= slot) ledger = ledger.Without(opportunity);
        return ledger;
    }

    /// <summary>On a day: a new one begins with nothing spent. Times that run backwards stay on it.</summary>
    public WalletLedger On(long day) =>
        day <= Day ? this : this with { Day = day, SpentToday = Lamports.Zero, Settled = [] };
}
