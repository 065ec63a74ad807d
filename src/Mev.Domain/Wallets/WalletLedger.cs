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
    /// <summary>
    /// Blocks behind the last valid one after which no correction of a settled one is waited for: some ten minutes, as
    /// long as bundles wait.
    /// </summary>
    public const ulong RevocableBlocks = 1_500;

    private const long MillisecondsPerDay = 86_400_000;

    private static readonly ImmutableDictionary<OpportunityId, WalletReservation> Nothing =
        ImmutableDictionary<OpportunityId, WalletReservation>.Empty;

    /// <summary>Open reservations.</summary>
    [Id(0)] public ImmutableDictionary<OpportunityId, WalletReservation> Open { get; init; } = Nothing;

    /// <summary>The day, counted from 1970 (UTC), of which <see cref="SpentToday"/> tells.</summary>
    [Id(1)] public long Day { get; init; }

    /// <summary>Tips and fees of that day's landings, those with an error included.</summary>
    [Id(2)] public Lamports SpentToday { get; init; }

    /// <summary>Opportunities settled for good in the day, so that none is reserved again.</summary>
    [Id(3)] public ImmutableHashSet<OpportunityId> Settled { get; init; } = [];

    /// <summary>
    /// Of those what was reserved and booked, as long as the chain may correct it, and not beyond the day.
    /// </summary>
    [Id(4)] public ImmutableDictionary<OpportunityId, WalletReservation> Revocable { get; init; } = Nothing;

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

    /// <summary>After the first outcome of an open one: settled by proof, doubtful without.</summary>
    /// <param name="outcome">What was observed.</param>
    /// <param name="isRead">
    /// It is read from the journal, whose partitions tell one day after the other each, but not together: what was
    /// observed before the ledger's day costs that day nothing. Told live it does, as clocks may run backwards.
    /// </param>
    public WalletLedger Settle(BundleOutcome outcome, bool isRead = false) =>
        Open.TryGetValue(outcome.Opportunity, out var known) && known.LandedIn is null
            ? Book(known, outcome, isRead)
            : this;

    /// <summary>
    /// After an outcome in the place of the one before: what that booked is taken back, and what it gave free is
    /// reserved again unless there is proof.
    /// </summary>
    /// <param name="outcome">What was observed.</param>
    /// <param name="isRead">As of <see cref="Settle"/>.</param>
    public WalletLedger Correct(BundleOutcome outcome, bool isRead = false) =>
        Open.TryGetValue(outcome.Opportunity, out var known) || Revocable.TryGetValue(outcome.Opportunity, out known)
            ? Book(known, outcome, isRead)
            : this;

    /// <summary>Whether what a strategy's intent came to may concern a reservation.</summary>
    public bool Concerns(OpportunityId opportunity, string strategy) =>
        (!Open.TryGetValue(opportunity, out var known) && !Revocable.TryGetValue(opportunity, out known))
        || known.Strategy.Length == 0 || known.Strategy == strategy;

    /// <summary>Without one that the chain proved to be at stake no longer.</summary>
    public WalletLedger Without(OpportunityId opportunity) => Open.TryGetValue(opportunity, out var known)
        ? this with
        {
            Open = Open.Remove(opportunity),
            Settled = Settled.Add(opportunity),
            Revocable = Revocable.SetItem(opportunity, known),
        }
        : this;

    /// <summary>
    /// Without one that is final on the chain although nobody told of it: it counts as spent on this day with all that
    /// it could cost, until a correction tells what it did.
    /// </summary>
    public WalletLedger WithoutFinal(OpportunityId opportunity)
    {
        if (!Open.TryGetValue(opportunity, out var known)) return this;
        var spent = known with { Spent = known.Cost, SpentOn = Day };
        return (this with
        {
            SpentToday = SpentToday + known.Cost - known.Spent,
            Open = Open.SetItem(opportunity, spent),
        }).Without(opportunity);
    }

    /// <summary>Once a height is final: nothing corrects what could land so long before it.</summary>
    public WalletLedger FinalAt(ulong height) => this with
    {
        Revocable = Revocable.RemoveRange(Revocable.Values
            .Where(settled => height > RevocableBlocks && settled.LastValidBlockHeight < height - RevocableBlocks)
            .Select(settled => settled.Opportunity)),
    };

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
        day <= Day ? this : this with { Day = day, SpentToday = Lamports.Zero, Settled = [], Revocable = Nothing };

    /// <summary>Sets what the outcome makes of a reservation, whatever was booked of it before.</summary>
    private WalletLedger Book(WalletReservation known, BundleOutcome outcome, bool isRead)
    {
        var isProof = ReservationProof.Is(outcome.Kind, outcome.Cause);
        var isLanded = outcome.Kind == BundleOutcomeKind.Landed;
        var paid = outcome.IsUnseen ? known.Cost : known.Fee + outcome.TipPaid; // what was not seen: all that it could
        var spent = isLanded ? paid
            : outcome.Cause == OutcomeCause.FailedOnChain ? known.Fee : Lamports.Zero;
        var later = isProof ? On(DayOf(outcome.ObservedMs)) : this;
        var more = spent - known.Spent;
        var isOfOtherDay = more < Lamports.Zero
            ? known.SpentOn != later.Day
            : isRead && DayOf(outcome.ObservedMs) < later.Day;
        if (isOfOtherDay) more = Lamports.Zero; // of another day's cap
        later = later with
        {
            SpentToday = later.SpentToday + more,
            Open = later.Open.SetItem(outcome.Opportunity, known with
            {
                IsDoubtful = !isProof,
                LandedIn = isLanded ? outcome.Slot : null,
                Spent = spent,
                SpentOn = more == Lamports.Zero ? known.SpentOn : later.Day,
            }),
            Revocable = later.Revocable.Remove(outcome.Opportunity),
        };
        return isProof && !isLanded ? later.Without(outcome.Opportunity) : later;
    }
}
