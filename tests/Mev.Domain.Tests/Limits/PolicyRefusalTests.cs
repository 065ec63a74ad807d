using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Limits;

/// <summary>What cannot be a policy is refused with the field, its value and what is allowed.</summary>
public sealed class PolicyRefusalTests
{
    [Fact]
    public void The_default_and_as_many_pools_as_are_allowed_are_not_refused()
    {
        Assert.Null(new Policy().Refusal());
        Assert.Null(new Policy { QuarantinedPools = [.. Pools(Policy.QuarantinedPoolsMax)] }.Refusal());
    }

    [Fact]
    public void What_cannot_be_read_back_is_refused()
    {
        var policy = new Policy { QuarantinedPools = [.. Pools(Policy.QuarantinedPoolsMax + 1)] };
        Assert.Null(Policy.Decode(policy.Encode()));
        Refused(policy, "QuarantinedPools", "10001", "10000");
    }

    [Fact]
    public void Negative_limits_are_refused()
    {
        Refused(new Policy { MinimumProfit = new Lamports(-1) }, "MinimumProfit", "-1", "0 lamports");
        Refused(new Policy { TipMax = new Lamports(-2) }, "TipMax", "-2", "0 lamports");
        Refused(new Policy { OpenSubmissionsMax = -3 }, "OpenSubmissionsMax", "-3", "0 and more");
    }

    [Fact]
    public void Pools_out_of_order_or_twice_are_refused()
    {
        var pools = Pools(3);
        Refused(new Policy { QuarantinedPools = [pools[1], pools[0]] }, "QuarantinedPools", $"{pools[0]}", "ascending");
        Refused(new Policy { QuarantinedPools = [pools[2], pools[2]] }, "QuarantinedPools", $"{pools[2]}", "once");
    }

    private static void Refused(Policy policy, params string[] says)
    {
        var refusal = policy.Refusal();
        Assert.NotNull(refusal);
        Assert.All(says, part => Assert.Contains(part, refusal, StringComparison.Ordinal));
    }

    private static PoolId[] Pools(int count)
    {
        var pools = Enumerable.Range(0, count)
            .Select(number => new PoolId(new Pubkey(Digest.Of(BitConverter.GetBytes(number)).ToArray()))).ToArray();
        Array.Sort(pools);
        return pools;
    }
}
