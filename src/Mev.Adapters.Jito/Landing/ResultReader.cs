using Mev.Adapters.Jito.Wire;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Landing;

/// <summary>Turns an event of the results stream into evidence. What means nothing here is none.</summary>
internal static class ResultReader
{
    private const string LeaderMissing = "no connected leader";

    /// <summary>The evidence, without the value of a failed simulation, which only we can tell.</summary>
    public static LandingEvidence? Read(BundleResult result, long atMs) => result.ResultCase switch
    {
        BundleResult.ResultOneofCase.Accepted => Of(
            LandingEvidenceKind.Accepted, atMs, result.Accepted.ValidatorIdentity, result.Accepted.Slot),
        BundleResult.ResultOneofCase.Processed => Of(
            LandingEvidenceKind.Hint, atMs, "processed", result.Processed.Slot),
        BundleResult.ResultOneofCase.Finalized => Of(LandingEvidenceKind.Hint, atMs, "finalized"),
        BundleResult.ResultOneofCase.Dropped => Of(
            result.Dropped.Reason == DroppedReason.PartiallyProcessed
                ? LandingEvidenceKind.PartlyProcessed
                : LandingEvidenceKind.Dropped,
            atMs, result.Dropped.Reason.ToString()),
        BundleResult.ResultOneofCase.Rejected => Read(result.Rejected, atMs),
        _ => null,
    };

    private static LandingEvidence? Read(Rejected rejected, long atMs) => rejected.ReasonCase switch
    {
        Rejected.ReasonOneofCase.StateAuctionBidRejected => Of(
            LandingEvidenceKind.BidRejected, atMs, rejected.StateAuctionBidRejected.Msg),
        Rejected.ReasonOneofCase.WinningBatchBidRejected => Of(
            LandingEvidenceKind.BidRejected, atMs, rejected.WinningBatchBidRejected.Msg),
        Rejected.ReasonOneofCase.SimulationFailure => Of(
            LandingEvidenceKind.SimulationFailed, atMs, rejected.SimulationFailure.Msg) with
        {
            Cause = SimulationText.CauseOf(rejected.SimulationFailure.Msg),
        },
        Rejected.ReasonOneofCase.InternalError => Of(
            LandingEvidenceKind.EngineFault, atMs, rejected.InternalError.Msg),
        Rejected.ReasonOneofCase.DroppedBundle => Of(
            rejected.DroppedBundle.Msg.Contains(LeaderMissing, StringComparison.OrdinalIgnoreCase)
                ? LandingEvidenceKind.LeaderMissing
                : LandingEvidenceKind.EngineFault,
            atMs, rejected.DroppedBundle.Msg),
        _ => null,
    };

    private static LandingEvidence Of(LandingEvidenceKind kind, long atMs, string text, ulong? slot = null) => new()
    {
        Kind = kind,
        AtMs = atMs,
        Text = EngineErrors.Cut(text),
        Slot = slot is { } number ? new Slot(number) : null,
    };
}
