using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Domain.Bundles;

/// <summary>
/// What the chain says of a bundle, from everything that was read of it: the authority over every engine. A node that
/// has not come to the slot that a bundle was seen in says nothing of it by not knowing it.
/// </summary>
internal readonly record struct ChainWord
{
    /// <summary>One read may meet a node that lags: absence takes two, this far apart.</summary>
    public const long AbsenceMs = 2_000;

    /// <summary>It is in a confirmed block.</summary>
    public bool IsThere { get; private init; }

    /// <summary>It is there and failed.</summary>
    public bool IsFailed { get; private init; }

    /// <summary>It is there, and nothing can undo that.</summary>
    public bool IsFinal { get; private init; }

    /// <summary>It is not there and cannot come any more.</summary>
    public bool IsExpired { get; private init; }

    /// <summary>The slot of its block, or the last one of which it is known that it is not there.</summary>
    public Slot? Slot { get; private init; }

    /// <summary>The chain's word in a set of evidence.</summary>
    public static ChainWord Of(IReadOnlyCollection<LandingEvidence> evidence)
    {
        var present = evidence.Where(item => item.Kind == LandingEvidenceKind.OnChain).ToList();
        if (Last(present.Where(item => item.Depth == SlotStatus.Finalized)) is { } final)
            return new() { IsThere = true, IsFailed = final.IsFailed, IsFinal = true, Slot = final.Slot };
        var absent = evidence.Where(item =>
            item.Kind == LandingEvidenceKind.OffChain && present.TrueForAll(item.Refutes)).ToList();
        var expired = absent.Where(item => item.IsPastExpiry).ToList();
        if (IsAbsence(expired)) return new() { IsExpired = true, Slot = Last(expired)?.Slot };
        if (IsAbsence(absent)) return new() { Slot = Last(absent)?.Slot };
        return Last(present.Where(item => item.Depth == SlotStatus.Confirmed)) is { } confirmed
            ? new() { IsThere = true, IsFailed = confirmed.IsFailed, Slot = confirmed.Slot }
            : default;
    }

    private static bool IsAbsence(List<LandingEvidence> reads) =>
        reads.Count > 0 && reads.Max(read => read.AtMs) - reads.Min(read => read.AtMs) >= AbsenceMs;

    private static LandingEvidence? Last(IEnumerable<LandingEvidence> reads) =>
        reads.OrderBy(read => read.AtMs).ThenBy(read => read.Slot).ThenBy(read => read.IsFailed).LastOrDefault();
}
