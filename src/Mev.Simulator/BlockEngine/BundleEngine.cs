using System.Collections.Immutable;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// Bundles from their arrival to their fate. A bundle waits for a connected leader of its region; in each tick of that
/// leader those that wait and the rivals' meet in one auction, are tried on the bank in the order of their bids, and
/// the winners are forwarded and executed, unless they are lost on the way. What happens depends on the seed, the
/// options and the arrivals alone.
/// </summary>
internal sealed class BundleEngine(
    SimulatedChain chain, EngineRegions regions, EngineLeaders leaders, IRivals rivals, BundleBook book,
    BundleFates fates, ResultStreams results, BlockEngineOptions options, GeneratedFeedOptions market)
{
    private const string NoLeader = "no connected leader up soon";

    private readonly RandomKey _key = RandomKey.Of("block-engine", market.Seed);
    private readonly List<ImmutableArray<ChainTransaction>> _rivals = []; // wait for the next auction
    private long _arrived;
    private long _tick;
    private ulong _places;

    /// <summary>Ticks so far.</summary>
    public long TickNumber => _tick;

    /// <summary>Takes a bundle in and says its id, which promises nothing.</summary>
    /// <exception cref="EngineRefusal">It is refused.</exception>
    public EngineBundle Receive(
        EngineRegion region, IReadOnlyList<ReadOnlyMemory<byte>?> packets, bool isDiscarded = false)
    {
        lock (chain.Gate)
        {
            var transactions = BundleChecks.Check(packets, chain, isBundle: true);
            var id = EngineBundle.IdOf(transactions.Select(transaction => transaction.Signature));
            if (book.Find(id) is { Stage: BundleStage.Waiting } known) return known; // the same bytes again
            var bundle = Make(region, id, transactions, isHidden: false);
            book.Add(bundle);
            if (isDiscarded) bundle.Stage = BundleStage.Discarded;
            else region.Waiting.Add(bundle);
            if (isDiscarded) bundle.Ticked.TrySetResult();
            return bundle;
        }
    }

    /// <summary>
    /// Takes in one transaction outside any bundle: it is executed at once, and may fail at its payer's cost.
    /// </summary>
    /// <exception cref="EngineRefusal">It is refused.</exception>
    public ChainTransaction ReceiveAlone(ReadOnlyMemory<byte>? packet)
    {
        lock (chain.Gate)
        {
            var transaction = BundleChecks.Check([packet], chain, isBundle: false)[0];
            chain.Execute(transaction);
            return transaction;
        }
    }

    /// <summary>One tick of the chain, after its orders. Inside the chain's gate.</summary>
    public void Tick()
    {
        _tick++;
        _rivals.AddRange(rivals.Arriving(_tick));
        var slot = chain.Blocks.Open.Slot;
        if (leaders.RegionOf(leaders.LeaderOf(slot)) is null) _rivals.Clear(); // they see that nobody listens
        foreach (var region in regions.All)
        {
            if (_tick % region.Switches.ChainTicksPerAuction != 0) continue;
            if (leaders.ConnectedIn(slot, region) is { } leader) Auction(region, slot, leader);
            else DropLeaderless(region, slot);
        }
    }

    /// <summary>The open slot was executed to its end. Inside the chain's gate.</summary>
    public void EndSlot()
    {
        _places = 0;
        fates.EndSlot();
    }

    private EngineBundle Make(
        EngineRegion region, string id, ImmutableArray<ChainTransaction> transactions, bool isHidden) =>
        new(id, region, transactions)
        {
            Number = _arrived++,
            ReceivedIn = chain.Blocks.Open.Slot,
            ChangedIn = chain.Blocks.Open.Slot,
            IsHidden = isHidden,
        };

    private void DropLeaderless(EngineRegion region, Slot slot)
    {
        var isComing = leaders.Next(slot, options.LeaderHorizonSlots, asked => asked == region) is not null;
        if (isComing) return;
        foreach (var bundle in region.Waiting.ToList())
            Fail(bundle, BundleEvents.DroppedByEngine(bundle, NoLeader));
    }

    private void Auction(EngineRegion region, Slot slot, Pubkey leader)
    {
        var (bidders, switches) = (region.Waiting.ToList(), region.Switches);
        if (switches.Rejects != RejectionRow.Unknown)
        {
            foreach (var bundle in bidders)
                Fail(bundle, BundleEvents.Rejected(bundle, switches.Rejects, switches.RejectionText, _tick));
            bidders.Clear();
        }
        bidders.AddRange(_rivals.Select(transactions => Make(
            region, EngineBundle.IdOf(transactions.Select(one => one.Signature)), transactions, isHidden: true)));
        _rivals.Clear();
        var winners = new List<EngineBundle>();
        foreach (var bundle in BundleAuction.Ranked(bidders))
        {
            if (winners.Exists(winner => BundleAuction.Conflict(winner, bundle)))
                Fail(bundle, BundleEvents.Outbid(bundle, _tick));
            else if (TryForward(bundle, slot, leader)) winners.Add(bundle);
        }
    }

    private bool TryForward(EngineBundle bundle, Slot slot, Pubkey leader)
    {
        if (bundle.Transactions.Any(transaction => !chain.IsAdmitted(transaction)))
        {
            Fail(bundle, BundleEvents.DroppedByEngine(bundle, "Blockhash not found"));
            return false;
        }
        foreach (var transaction in bundle.Transactions)
        {
            if (chain.TableDefectOf(transaction) is not { } defect) continue;
            Fail(bundle, BundleEvents.Failed(bundle, transaction.Signature, defect));
            return false;
        }
        var before = TipsHeld(chain.Find);
        var trial = chain.Try(bundle.Transactions);
        if (trial.IsFailed)
        {
            var failed = trial.Steps[^1];
            Fail(bundle, BundleEvents.Failed(bundle, failed.Transaction.Signature, $"{failed.Error}"));
            return false;
        }
        if (TipsHeld(trial.Find) - before < TipAccounts.TipMin.Value)
        {
            Fail(bundle, BundleEvents.Outbid(bundle, _tick));
            return false;
        }
        bundle.Region.Waiting.Remove(bundle);
        bundle.ChangedIn = slot;
        results.Tell(bundle, BundleEvents.Accepted(bundle, slot, leader));
        var draws = new DrawStream(_key, (ulong)bundle.Number).At(EnginePurposes.Landing);
        var isLost = draws.Uniform() >= LandingLaw.Chance(trial.ComputeUnits, options.LandingShift)
            || (bundle.Region.Switches.LosesForwarded && !bundle.IsHidden);
        bundle.Stage = isLost ? BundleStage.Forwarded : BundleStage.Landed;
        fates.Add(bundle);
        if (!isLost) Land(bundle, trial, slot);
        bundle.Ticked.TrySetResult();
        return true;
    }

    private void Land(EngineBundle bundle, ChainTrial trial, Slot slot)
    {
        chain.Commit(trial);
        bundle.LandedIn = slot;
        bundle.Place = _places++;
    }

    private void Fail(EngineBundle bundle, BundleResult why)
    {
        bundle.Region.Waiting.Remove(bundle);
        (bundle.Stage, bundle.ChangedIn) = (BundleStage.Failed, chain.Blocks.Open.Slot);
        results.Tell(bundle, why);
        bundle.Ticked.TrySetResult();
    }

    private static long TipsHeld(Func<Pubkey, ChainAccount?> find) =>
        TipAccounts.All.Sum(account => (long)(find(account)?.Lamports ?? 0));
}
