using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Abstractions.Streams;

namespace Mev.Gateway.Streams.States;

/// <summary>Views of grains as values of the stream.</summary>
internal static class StateMessages
{
    public static StrategyState Strategy(StrategyView view) => new()
    {
        Strategy = view.Parameters.Id,
        Partition = (uint)view.Partition,
        Submits = (ulong)view.Tally.Submits,
        Skips = (ulong)view.Tally.Skips,
        Blocks = (ulong)view.Tally.Blocks,
        Landed = (ulong)view.Tally.Landed,
        Refused = (ulong)view.Tally.Refused,
        Expired = (ulong)view.Tally.Expired,
        Unknown = (ulong)view.Tally.Unknown,
        Realised = view.Tally.Realised.Value,
        Tips = view.Tally.TipsPaid.Value,
        OpenSubmissions = (uint)view.OpenSubmissions,
    };

    public static PosteriorState Posterior(StrategyView view) => new()
    {
        Strategy = view.Parameters.Id,
        PosteriorId = Bytes(view.Posterior.Id.Value),
        Epoch = view.Parameters.Epoch,
        Outcomes = (ulong)view.Learning.Learnt,
        Arms = { view.Posterior.Arms.Select(Arm) },
    };

    public static PoolState Pool(PoolSummary pool) => new()
    {
        Pool = Bytes(pool.Id.Address),
        Protocol = (uint)pool.Protocol,
        MintA = Bytes(pool.MintA),
        MintB = Bytes(pool.MintB),
        Slot = pool.Slot.Value,
        Defect = (uint)pool.Defect,
        Condition = (uint)pool.Condition,
        RateAToB = pool.RateAToB,
        RateBToA = pool.RateBToA,
    };

    public static PolicyRecord Limits(Policy policy)
    {
        var told = new PolicyRecord { Policy = "global", Version = policy.Version };
        Fill(told, policy);
        return told;
    }

    /// <summary>What a policy allows.</summary>
    public static void Fill(PolicyRecord told, Policy policy)
    {
        (told.IsStopped, told.MinimumProfit) = (policy.IsStopped, policy.MinimumProfit.Value);
        (told.AmountInMax, told.TipMax) = (policy.AmountInMax.Units, policy.TipMax.Value);
        told.OpenSubmissionsMax = policy.OpenSubmissionsMax;
        told.QuarantinedPools = (uint)policy.QuarantinedPools.Length;
        told.Caps = (uint)policy.Caps.Length;
    }

    private static ArmState Arm(ArmBelief belief) => new()
    {
        Index = (uint)belief.Index,
        TipBps = (uint)belief.Arm.TipBasisPoints,
        Route = (uint)belief.Arm.Route,
        Mean = belief.Mean,
        Outcomes = (ulong)belief.OutcomesCount,
    };

    private static ByteString Bytes(Digest digest) => ByteString.CopyFrom(digest.ToArray());

    private static ByteString Bytes(Pubkey key) => ByteString.CopyFrom(key.ToArray());
}
