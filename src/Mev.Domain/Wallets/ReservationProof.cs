using Mev.Domain.Bundles;

namespace Mev.Domain.Wallets;

/// <summary>Which outcomes prove that an intent's money is no longer at stake.</summary>
public static class ReservationProof
{
    /// <summary>
    /// It landed, expired and is absent, landed with an error, or never left. What an engine says of a bundle that was
    /// sent to it is no proof, a refusal at the door neither.
    /// </summary>
    public static bool Is(BundleOutcomeKind kind, OutcomeCause cause) => (kind, cause) switch
    {
        (BundleOutcomeKind.Landed or BundleOutcomeKind.Expired, _) => true,
        (BundleOutcomeKind.Refused, OutcomeCause.FailedOnChain or OutcomeCause.NotSent or OutcomeCause.NotSigned
            or OutcomeCause.NoTurn) => true,
        _ => false,
    };
}
