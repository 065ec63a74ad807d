using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Models;
using Mev.Journal.Models;

namespace Mev.Journal.Replay;

/// <summary>Reads what a batch's decisions have in common from the blobs that a record names.</summary>
internal static class RecordedInputs
{
    /// <summary>
    /// Parameters, policy, posterior and, where the record names them, sizing limits; null with the problem told to
    /// <paramref name="blobs"/>.
    /// </summary>
    public static DecisionInputs? Read(DecisionCore core, RecordedBlobs blobs)
    {
        if (blobs.Find(core.ParametersHash, "strategy parameters") is not { } parameterBytes) return null;
        if (StrategyParameters.Decode(parameterBytes.Span) is not { } parameters)
            return Refused(blobs, "strategy parameters are of a form that this build does not know");
        if (blobs.Find(core.PolicyHash, "policy") is not { } policyBytes) return null;
        if (Policy.Decode(policyBytes.Span) is not { } policy)
            return Refused(blobs, "the policy is of a form that this build does not know");
        if (blobs.Find(core.PosteriorId, "posterior") is not { } posterior) return null;
        if (!Samplers.TryRead(parameters.Sampler, posterior.Span, out var sampler, out var refusal))
            return Refused(blobs, $"posterior of sampler {parameters.Sampler} is refused: {refusal}");
        if (!TrySizing(core, blobs, out var sizing) || !TryBundle(core, blobs, out var bundle)
            || !TryModel(core, blobs, out var model))
        {
            return null;
        }
        return new DecisionInputs(parameters, policy, sampler, sizing, bundle, core.IsSigned, model);
    }

    private static bool TrySizing(DecisionCore core, RecordedBlobs blobs, out SizingLimits? sizing)
    {
        sizing = null;
        if (core.SizingHash.IsEmpty) return true;
        if (blobs.Find(core.SizingHash, "sizing limits") is not { } bytes) return false;
        sizing = SizingLimits.Decode(bytes.Span);
        if (sizing is null) Refused(blobs, "the sizing limits are of a form that this build does not know");
        return sizing is not null;
    }

    private static bool TryBundle(DecisionCore core, RecordedBlobs blobs, out BundleContext? bundle)
    {
        bundle = null;
        if (core.TermsHash.IsEmpty) return true;
        if (blobs.Find(core.TermsHash, "bundle terms") is not { } bytes) return false;
        if (BundleTerms.Decode(bytes.Span) is not { } terms)
        {
            Refused(blobs, "the bundle terms are of a form that this build does not know");
            return false;
        }
        bundle = new BundleContext(
            terms, core.Moment is { } moment ? MomentOf(moment) : Domain.Bundles.ChainMoment.Unknown);
        return true;
    }

    private static Domain.Bundles.ChainMoment MomentOf(Contracts.V1.ChainMoment moment) => new()
    {
        Blockhash = new Blockhash(new Digest(moment.Blockhash.Span)),
        LastValidBlockHeight = moment.LastValidBlockHeight,
        IsFresh = moment.IsFresh,
        Balance = new Lamports(moment.Balance),
        Wrapped = new TokenAmount(moment.Wrapped),
        CostLeft = moment.HasCostLeft ? new Lamports(moment.CostLeft) : null,
    };

    private static bool TryModel(DecisionCore core, RecordedBlobs blobs, out OffsetModel? model)
    {
        model = null;
        if (core.Surroundings is not { ModelId.IsEmpty: false } surroundings) return true;
        if (blobs.Find(surroundings.ModelId, "model") is not { } bytes) return false;
        model = ModelFile.TryRead(bytes, out var refusal);
        if (model is null) Refused(blobs, $"the model is refused: {refusal}");
        return model is not null;
    }

    private static DecisionInputs? Refused(RecordedBlobs blobs, string text)
    {
        blobs.Refuse(ReplayVerdict.NotReplayable, text);
        return null;
    }
}
