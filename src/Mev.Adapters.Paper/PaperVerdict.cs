using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Paper;

/// <summary>What a settlement found.</summary>
/// <param name="Kind">What became of the order.</param>
/// <param name="Cause">Why.</param>
/// <param name="Value">Profit after the fee and before the tip, where it was computed.</param>
/// <param name="IsSpent">It would have paid, had the feed known what we took before.</param>
internal readonly record struct PaperVerdict(
    BundleOutcomeKind Kind, OutcomeCause Cause, Lamports Value, bool IsSpent = false)
{
    public static PaperVerdict Refused(OutcomeCause cause, Lamports value = default, bool isSpent = false) =>
        new(BundleOutcomeKind.Refused, cause, value, isSpent);

    /// <summary>The states that it needs are not known: no evidence.</summary>
    public static PaperVerdict Unknown => new(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved, default);

    public bool HasLanded => Kind == BundleOutcomeKind.Landed;
}
