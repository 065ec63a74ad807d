using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Adapters.Jito.Landing;

/// <summary>What is known of one bundle, compressed so that it stays bounded without another verdict.</summary>
internal sealed class TrackedBundle(SignedBundle bundle, LandingLabels labels)
{
    /// <summary>Observations kept of one bundle; beyond, an engine's further ones are left out.</summary>
    public const int EvidenceMax = 128;

    private static readonly LandingEvidenceKind[] Traces =
    [
        LandingEvidenceKind.Accepted, LandingEvidenceKind.BidRejected, LandingEvidenceKind.SimulationFailed,
        LandingEvidenceKind.LeaderMissing, LandingEvidenceKind.EngineFault, LandingEvidenceKind.Dropped,
        LandingEvidenceKind.PartlyProcessed, LandingEvidenceKind.Hint, LandingEvidenceKind.OnChain,
    ];

    private readonly List<LandingEvidence> _evidence = [];

    public SignedBundle Bundle { get; } = bundle;

    public LandingLabels Labels { get; set; } = labels;

    /// <summary>Everything observed so far.</summary>
    public LandingVerdict Verdict { get; private set; } = LandingVerdict.Of([], bundle.Tip);

    /// <summary>The verdict that was told last; null before the first.</summary>
    public LandingVerdict? Told { get; set; }

    /// <summary>The furthest stage that was counted.</summary>
    public LandingStage Stage { get; set; } = LandingStage.Signed;

    /// <summary>When the engine first said something that may be an outcome; null before.</summary>
    public long? EngineSpokeMs { get; private set; }

    /// <summary>When its id came back; null before.</summary>
    public long? ReceivedMs { get; private set; }

    /// <summary>The engine was asked what became of it.</summary>
    public bool IsAskedFor { get; set; }

    /// <summary>Its loss was counted, by who took the chance.</summary>
    public bool IsLossCounted { get; set; }

    /// <summary>Its failure was counted as a fault of ours: once, however many forks it fails on.</summary>
    public bool IsFaultCounted { get; set; }

    /// <summary>It is in the chain for good, and nobody can tell what it changed.</summary>
    public bool IsUnseen { get; set; }

    /// <summary>When a node was asked last what it changed; null before.</summary>
    public long? SoughtMs { get; set; }

    /// <summary>When a node first did not know it although it is final; null before.</summary>
    public long? MissedMs { get; set; }

    /// <summary>The engine said that it does not know it.</summary>
    public bool IsInvalid { get; set; }

    /// <summary>The results stream spoke of it.</summary>
    public bool IsHeard { get; set; }

    /// <summary>The engine said, when it was asked, that it has decided on it.</summary>
    public bool IsDecidedByEngine { get; set; }

    /// <summary>
    /// It came in, in this run, and something became of it, so a results stream has to speak of it.
    /// </summary>
    public bool WasDueToBeTold => ReceivedMs is not null && (IsDecidedByEngine
        || _evidence.Exists(item => item.Kind == LandingEvidenceKind.OnChain && !item.IsFailed));

    /// <summary>Anything at all was heard of it after it was received.</summary>
    public bool HasTrace => _evidence.Exists(item => Traces.Contains(item.Kind));

    /// <summary>Takes an observation in; false when there is no room for it.</summary>
    public bool Add(LandingEvidence evidence)
    {
        var isChains = evidence.Kind is LandingEvidenceKind.OffChain or LandingEvidenceKind.OnChain;
        if (!isChains && _evidence.Exists(IsSame)) return true;
        if (!isChains && _evidence.Count >= EvidenceMax) return false;
        if (evidence.Kind == LandingEvidenceKind.OffChain && !MakeRoomForAbsence(evidence)) return true;
        if (evidence.Kind == LandingEvidenceKind.OnChain && !MakeRoomForPresence(evidence)) return true;
        _evidence.Add(evidence);
        Verdict = LandingVerdict.Of(_evidence, Bundle.Tip);
        if (evidence.Kind == LandingEvidenceKind.Received) ReceivedMs ??= evidence.AtMs;
        if (Verdict.Kind != BundleOutcomeKind.Unknown) EngineSpokeMs ??= evidence.AtMs;
        return true;

        bool IsSame(LandingEvidence item) =>
            item with { AtMs = evidence.AtMs, Value = evidence.Value } == evidence; // the value is found here
    }

    /// <summary>
    /// Values failed simulations that no smaller chance explains: until something is told the feed may come to their
    /// slot, or show who was before us in it.
    /// </summary>
    public void Value(Func<Slot, Lamports?> valueAt)
    {
        if (Told is not null) return;
        var isChanged = false;
        for (var i = 0; i < _evidence.Count; i++)
        {
            if (_evidence[i] is not { Kind: LandingEvidenceKind.SimulationFailed, Slot: { } slot } failed) continue;
            if (failed.Value <= Bundle.Tip || valueAt(slot) is not { } value) continue;
            (_evidence[i], isChanged) = (failed with { Value = value }, true);
        }
        if (isChanged) Verdict = LandingVerdict.Of(_evidence, Bundle.Tip);
    }

    /// <summary>
    /// The verdict is to be told: the first, one that the chain forces, the first that teaches, or the first that names
    /// who took the chance. Others only refine.
    /// </summary>
    public bool IsNews()
    {
        if (Told is null) return Verdict.Kind != BundleOutcomeKind.Unknown;
        if (NamesWinner(Verdict) && !NamesWinner(Told)) return true;
        if ((Told.Kind, Told.Cause) == (Verdict.Kind, Verdict.Cause)) return false;
        var wasThere = IsChains(Told);
        return wasThere || IsChains(Verdict) || (!Teaches(Told) && Teaches(Verdict));
    }

    private static bool IsChains(LandingVerdict verdict) =>
        verdict.Kind == BundleOutcomeKind.Landed || verdict.Cause == OutcomeCause.FailedOnChain;

    private static bool NamesWinner(LandingVerdict verdict) =>
        verdict is { Winner: not null, Kind: BundleOutcomeKind.Refused or BundleOutcomeKind.Expired };

    private static bool Teaches(LandingVerdict verdict) =>
        LearningEvidence.KindOf(verdict.Kind, verdict.Cause) is not null;

    /// <summary>
    /// Of looks that did not find it, the first and the last count since it was last seen. False: this one is neither.
    /// </summary>
    private bool MakeRoomForAbsence(LandingEvidence absence)
    {
        var present = _evidence.FindAll(item => item.Kind == LandingEvidenceKind.OnChain);
        if (!present.TrueForAll(absence.Refutes)) return false;
        _evidence.RemoveAll(item => item.Kind == LandingEvidenceKind.OffChain
            && !present.TrueForAll(item.Refutes));
        var alike = _evidence.FindAll(item => item.Kind == LandingEvidenceKind.OffChain
            && item.IsPastExpiry == absence.IsPastExpiry);
        if (alike.Count < 2) return true;
        var (first, last) = (alike.MinBy(item => item.AtMs)!, alike.MaxBy(item => item.AtMs)!);
        if (absence.AtMs >= first.AtMs && absence.AtMs <= last.AtMs) return false;
        return _evidence.Remove(absence.AtMs < first.AtMs ? first : last);
    }

    /// <summary>Of looks that found it alike, the last counts.</summary>
    private bool MakeRoomForPresence(LandingEvidence presence)
    {
        bool IsAlike(LandingEvidence item) => item with { AtMs = presence.AtMs } == presence;
        if (_evidence.Exists(item => IsAlike(item) && item.AtMs > presence.AtMs)) return false;
        _evidence.RemoveAll(IsAlike);
        return true;
    }
}
