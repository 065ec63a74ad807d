using System.Runtime.InteropServices;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;

namespace Mev.Grains.Strategies;

/// <summary>The bytes that a batch's records name by hash.</summary>
internal static class DecisionBlobs
{
    /// <summary>
    /// Parameters, policy, sizing limits, terms and posterior always; account data for submits and blocks whose records
    /// are not compact: their quotes replay from them.
    /// </summary>
    public static IEnumerable<(Digest Hash, ReadOnlyMemory<byte> Data)> Of(Decision[] decisions, DecisionInputs inputs)
    {
        yield return (inputs.ParametersHash, inputs.Parameters.Encode());
        yield return (inputs.PolicyHash, inputs.Policy.Encode());
        if (inputs is { SizingHash: { } hash, Sizing: { } sizing }) yield return (hash, sizing.Encode());
        if (inputs.Bundle is { Terms: var terms }) yield return (terms.Hash, terms.Encode());
        yield return (inputs.Posterior.Value, inputs.Sampler.CanonicalBytes());
        if (inputs.Model is { } model) yield return (model.Id, model.Bytes);
        foreach (var decision in decisions)
        {
            if (decision.IsCompact) continue;
            foreach (var use in MemoryMarshal.ToEnumerable(decision.Opportunity.Accounts))
                yield return (use.Hash, use.Data.ToArray()); // the journal outlives the drain's memory
        }
    }
}
