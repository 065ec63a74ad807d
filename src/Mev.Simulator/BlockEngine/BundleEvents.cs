using System.Globalization;
using Mev.Adapters.Jito.Wire;
using Mev.Domain.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>The results of bundles as messages.</summary>
internal static class BundleEvents
{
    /// <summary>It was forwarded to a leader.</summary>
    public static BundleResult Accepted(EngineBundle bundle, Slot slot, Pubkey leader) => new()
    {
        BundleId = bundle.Id,
        Accepted = new Accepted { Slot = slot.Value, ValidatorIdentity = leader.ToString() },
    };

    /// <summary>A better bid on the same state won.</summary>
    public static BundleResult Outbid(EngineBundle bundle, long auction) => new()
    {
        BundleId = bundle.Id,
        Rejected = new Rejected
        {
            StateAuctionBidRejected = new StateAuctionBidRejected
            {
                AuctionId = auction.ToString(CultureInfo.InvariantCulture),
                SimulatedBidLamports = (ulong)bundle.SaidTip.Value,
            },
        },
    };

    /// <summary>A transaction failed when it was tried.</summary>
    public static BundleResult Failed(EngineBundle bundle, TransactionSignature signature, string reason) => new()
    {
        BundleId = bundle.Id,
        Rejected = new Rejected
        {
            SimulationFailure = new SimulationFailure { TxSignature = signature.ToString(), Msg = reason },
        },
    };

    /// <summary>The engine gave it up.</summary>
    public static BundleResult DroppedByEngine(EngineBundle bundle, string reason) => new()
    {
        BundleId = bundle.Id,
        Rejected = new Rejected { DroppedBundle = new DroppedBundle { Msg = reason } },
    };

    /// <summary>The rejection that a switch asks for.</summary>
    public static BundleResult Rejected(EngineBundle bundle, RejectionRow row, string text, long auction) => row switch
    {
        RejectionRow.StateAuction => Outbid(bundle, auction),
        RejectionRow.WinningBatch => new BundleResult
        {
            BundleId = bundle.Id,
            Rejected = new Rejected
            {
                WinningBatchBidRejected = new WinningBatchBidRejected
                {
                    AuctionId = auction.ToString(CultureInfo.InvariantCulture),
                    SimulatedBidLamports = (ulong)bundle.SaidTip.Value,
                },
            },
        },
        RejectionRow.Simulation => Failed(bundle, bundle.Transactions[0].Signature, text),
        RejectionRow.Internal => new BundleResult
        {
            BundleId = bundle.Id,
            Rejected = new Rejected { InternalError = new InternalError { Msg = text } },
        },
        _ => DroppedByEngine(bundle, text),
    };

    /// <summary>It is in a block.</summary>
    public static BundleResult Processed(EngineBundle bundle, Pubkey leader) => new()
    {
        BundleId = bundle.Id,
        Processed = new Processed
        {
            ValidatorIdentity = leader.ToString(),
            Slot = bundle.LandedIn.Value,
            BundleIndex = bundle.Place,
        },
    };

    /// <summary>Its block stays.</summary>
    public static BundleResult Finalized(EngineBundle bundle) =>
        new() { BundleId = bundle.Id, Finalized = new Finalized() };

    /// <summary>It will not land any more.</summary>
    public static BundleResult Dropped(EngineBundle bundle, DroppedReason reason) =>
        new() { BundleId = bundle.Id, Dropped = new Dropped { Reason = reason } };
}
