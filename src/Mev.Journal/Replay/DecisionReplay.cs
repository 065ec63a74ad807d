using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Journal.Audit;

namespace Mev.Journal.Replay;

/// <summary>
/// Computes a decision again from its record and the blobs that it names, and compares the bytes. Pure: whoever calls
/// brings record and blobs, from the journal, the gateway or a file.
/// </summary>
/// <param name="builders">The message builder of recorded inputs.</param>
public sealed class DecisionReplay(Func<DecisionInputs, IBundleBuilder> builders)
{
    private const string Impossible = "the record holds amounts that no decision can have";

    /// <summary>
    /// Replays a decision. Submits and blocks are sized again on the recorded account bytes; a skip is decided again
    /// upon the recorded opportunity. Never throws on foreign bytes.
    /// </summary>
    /// <param name="record">The record's bytes as the journal stores them.</param>
    /// <param name="leafHash">Its leaf in the partition's Merkle tree.</param>
    /// <param name="lookup">Finds blobs.</param>
    public ReplayReport Run(ReadOnlyMemory<byte> record, Digest leafHash, BlobLookup lookup)
    {
        if (LeafHash.Of(record.Span) != leafHash)
            return Damaged($"the record is damaged: its bytes do not have the leaf hash {leafHash}");
        if (Parse(record.Span) is not { } core || NestedBytes.OfCore(record.Span) is not { } recorded)
            return Damaged("the record is damaged: its bytes are no decision");
        var hash = Digest.Of(recorded);
        var blobs = new RecordedBlobs(lookup);
        try
        {
            if (Decide(core, blobs) is not { } decision) return blobs.Problem! with { DecisionHash = hash };
            var again = DecisionCores.Encode(decision, (int)core.KernelVersion);
            return Compare(core, recorded, again) with { DecisionHash = hash };
        }
        catch (OverflowException)
        {
            return Damaged(Impossible) with { DecisionHash = hash };
        }
    }

    /// <summary>
    /// Every arm's draw and score in a recorded decision; none when a rule decided before the sampler was asked, or,
    /// with the reason, when they cannot be computed again. Never throws on foreign bytes.
    /// </summary>
    public RecordedDraws Explain(DecisionCore core, BlobLookup lookup)
    {
        if (!HasIds(core)) return RecordedDraws.Missing("the record is damaged: its bytes are no decision");
        var blobs = new RecordedBlobs(lookup);
        try
        {
            if (!IsOfThisKernel(core, blobs)
                || RecordedInputs.Read(core, blobs) is not { } inputs
                || RecordedOpportunity.Whole(core, blobs) is not { } opportunity)
            {
                return RecordedDraws.Missing(blobs.Problem!.Text);
            }
            // The mints of its hops are not at hand here, and caps of them decide before anything is drawn.
            if (core.Reason == (uint)DecisionReason.TokenCapReached) return new([], "");
            var decision = Decide(core, opportunity, inputs);
            return new(decision.Context is { } context ? inputs.Sampler.Explain(context, decision.Draws) : [], "");
        }
        catch (OverflowException)
        {
            return RecordedDraws.Missing(Impossible);
        }
    }

    private Domain.Decisions.Decision? Decide(DecisionCore core, RecordedBlobs blobs)
    {
        if (!IsOfThisKernel(core, blobs)) return null;
        if (RecordedInputs.Read(core, blobs) is not { } inputs) return null;
        var isSized = core.Action != (uint)DecisionAction.Skip && core.Hops.Count > 0;
        var opportunity = isSized
            ? RecordedMarket.Size(core, inputs.Sizing ?? new SizingLimits(), blobs)
                is { } sized ? sized with { Waited = RecordedOpportunity.WaitOf(core) } : null
            : RecordedOpportunity.Of(core);
        return opportunity is null ? null : Decide(core, opportunity, inputs);
    }

    private static bool IsOfThisKernel(DecisionCore core, RecordedBlobs blobs)
    {
        if (core.KernelVersion is >= DecisionKernel.VersionMin and <= DecisionKernel.Version) return true;
        blobs.Refuse(
            ReplayVerdict.NotReplayable,
            $"written by kernel version {core.KernelVersion}; this build knows versions {DecisionKernel.VersionMin} to "
            + $"{DecisionKernel.Version}");
        return false;
    }

    private Domain.Decisions.Decision Decide(
        DecisionCore core, Domain.Opportunities.Opportunity opportunity, DecisionInputs inputs) =>
        DecisionKernel.Decide(
            opportunity, inputs, builders(inputs), (int)core.OpenSubmissions, core.Taken,
            SurroundingsRecords.Read(core.Surroundings), RecordedOpportunity.EqualFailuresOf(core),
            RecordedOpportunity.UseOf(core));

    private static ReplayReport Compare(DecisionCore core, byte[] recorded, byte[] recomputed)
    {
        var isSized = core.Hops.Count > 0;
        if (recomputed.AsSpan().SequenceEqual(recorded))
        {
            return new ReplayReport
            {
                Verdict = isSized ? ReplayVerdict.Equal : ReplayVerdict.EqualWithoutSizing,
                Text = isSized ? "equal" : "equal; sizing is not replayed: the record keeps no account bytes",
            };
        }
        var difference = CoreComparison.FirstDifference(core, DecisionCore.Parser.ParseFrom(recomputed))
            ?? ("encoding", $"{recorded.Length} bytes", $"{recomputed.Length} bytes");
        return new ReplayReport
        {
            Verdict = ReplayVerdict.Different,
            Field = difference.Field,
            Recorded = difference.Recorded,
            Recomputed = difference.Recomputed,
            Text = $"{difference.Field} differs: recorded {difference.Recorded}, recomputed {difference.Recomputed}",
        };
    }

    private static DecisionCore? Parse(ReadOnlySpan<byte> record)
    {
        try
        {
            var core = AuditRecord.Parser.ParseFrom(record).Decision?.Core;
            return core is not null && HasIds(core) ? core : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Hashes and addresses have their lengths, so that reading them cannot fail.</summary>
    private static bool HasIds(DecisionCore core) =>
        core.OpportunityId.Length == Digest.Length
        && core.CycleHash.Length == Digest.Length
        && core.Hops.All(hop => hop.Pool.Length == Pubkey.Length && hop.Direction <= 1)
        && core.Accounts.All(use => use.Key.Length == Pubkey.Length && use.Owner.Length == Pubkey.Length
            && use.Hash.Length == Digest.Length)
        && (core.Moment is null || core.Moment.Blockhash.Length == Blockhash.Length)
        && core.Hops.Count <= CycleIndex.HopsMax;

    private static ReplayReport Damaged(string text) => new() { Verdict = ReplayVerdict.RecordDamaged, Text = text };
}
