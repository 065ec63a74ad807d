using Mev.Contracts.V1;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Limits;

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
        if (core.SizingHash.IsEmpty) return new DecisionInputs(parameters, policy, sampler);
        if (blobs.Find(core.SizingHash, "sizing limits") is not { } sizingBytes) return null;
        return SizingLimits.Decode(sizingBytes.Span) is { } sizing
            ? new DecisionInputs(parameters, policy, sampler, sizing)
            : Refused(blobs, "the sizing limits are of a form that this build does not know");
    }

    private static DecisionInputs? Refused(RecordedBlobs blobs, string text)
    {
        blobs.Refuse(ReplayVerdict.NotReplayable, text);
        return null;
    }
}
