using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Models;

namespace Mev.Domain.Decisions;

/// <summary>
/// What a batch's decisions have in common: parameters, policy, posterior and the bounds of sizing, each with the hash
/// by which a record names it. Made once for a batch.
/// </summary>
public sealed class DecisionInputs(
    StrategyParameters parameters, Policy policy, ISampler sampler, SizingLimits? sizing = null,
    BundleContext? bundle = null, bool isSigned = false, OffsetModel? model = null, CapsInForce? caps = null)
{
    /// <summary>The strategy.</summary>
    public StrategyParameters Parameters { get; } = parameters;

    /// <summary>The policy in force.</summary>
    public Policy Policy { get; } = policy;

    /// <summary>The posterior before the batch.</summary>
    public ISampler Sampler { get; } = sampler;

    /// <summary>
    /// What the opportunities were sized with; null in old records, which do not name it and meant the defaults.
    /// </summary>
    public SizingLimits? Sizing { get; } = sizing;

    /// <summary>Names the bounds of sizing; null where there are none to name.</summary>
    public Digest? SizingHash { get; } = sizing?.Hash;

    /// <summary>What transactions are built on; null in paper mode, and in records that do not name it.</summary>
    public BundleContext? Bundle { get; } = bundle;

    /// <summary>Messages are transactions, to be signed; false for paper orders.</summary>
    public bool IsSigned { get; } = isSigned || bundle is not null;

    /// <summary>The model whose offset samplers that look at surroundings use; null for none.</summary>
    public OffsetModel? Model { get; } = model;

    /// <summary>The policy's caps as they bind this strategy and its wallet.</summary>
    public CapsInForce Caps { get; } = caps ?? CapsInForce.Of(policy, parameters.Id, bundle?.Terms.Wallet);

    /// <summary>Names the parameters.</summary>
    public Digest ParametersHash { get; } = parameters.Hash;

    /// <summary>Names the policy.</summary>
    public Digest PolicyHash { get; } = policy.Hash;

    /// <summary>Names the posterior.</summary>
    public PosteriorId Posterior { get; } = sampler.Id;

    /// <summary>The strategy's random key in its epoch.</summary>
    public RandomKey Key { get; } = RandomKey.Of(parameters.Id, parameters.Epoch);
}
