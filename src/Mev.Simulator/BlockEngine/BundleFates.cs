using Mev.Adapters.Jito.Wire;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// Follows forwarded bundles at the end of every slot, until their slot is final or given up, or their blockhash has
/// expired. Inside the chain's gate.
/// </summary>
internal sealed class BundleFates(SimulatedChain chain, EngineLeaders leaders, ResultStreams results)
{
    private readonly List<EngineBundle> _open = [];

    /// <summary>A bundle was forwarded.</summary>
    public void Add(EngineBundle bundle) => _open.Add(bundle);

    /// <summary>The open slot was executed to its end.</summary>
    public void EndSlot()
    {
        foreach (var bundle in _open.ToList())
        {
            if (bundle.Stage == BundleStage.Forwarded) FollowLost(bundle);
            else FollowLanded(bundle);
        }
        results.EndSlot();
    }

    private void FollowLost(EngineBundle bundle)
    {
        if (bundle.Transactions.Any(chain.IsOver))
            End(bundle, BundleStage.Failed, BundleEvents.Dropped(bundle, DroppedReason.BlockhashExpired));
    }

    private void FollowLanded(EngineBundle bundle)
    {
        if (bundle.Transactions.Any(one => chain.Signatures.Find(one.Signature) is null))
        {
            if (bundle.Region.Switches.Unbundles) Unbundle(bundle);
            else End(bundle, BundleStage.Failed, BundleEvents.Dropped(bundle, DroppedReason.NotFinalized));
            return;
        }
        if (!bundle.IsProcessedTold)
        {
            bundle.IsProcessedTold = true;
            bundle.ChangedIn = chain.Blocks.Tip.Slot;
            results.Tell(bundle, BundleEvents.Processed(bundle, leaders.LeaderOf(bundle.LandedIn)));
        }
        if (bundle.LandedIn <= chain.Blocks.Finalized)
            End(bundle, BundleStage.Finalized, BundleEvents.Finalized(bundle));
    }

    // Whoever has the transactions may send them again after their block was given up, each for itself.
    private void Unbundle(EngineBundle bundle)
    {
        foreach (var transaction in bundle.Transactions) chain.Execute(transaction);
        End(bundle, BundleStage.Failed, BundleEvents.Dropped(bundle, DroppedReason.PartiallyProcessed));
    }

    private void End(EngineBundle bundle, BundleStage stage, BundleResult why)
    {
        _open.Remove(bundle);
        (bundle.Stage, bundle.ChangedIn) = (stage, chain.Blocks.Tip.Slot);
        results.Tell(bundle, why);
    }
}
