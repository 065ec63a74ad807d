using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
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

    [Fact]
    public void Caps_that_name_nothing_or_no_rule_of_theirs_are_refused()
    {
        Refused(Of(new Cap(CapScope.Unknown, "arb-1", LimitRule.AmountIn, 1)), "Unknown", "Strategy, Wallet");
        Refused(Of(new Cap(CapScope.Strategy, "", LimitRule.AmountIn, 1)), "0 characters", "1 to 64");
        Refused(Of(new Cap(CapScope.Strategy, new string('ä', 33), LimitRule.AmountIn, 1)), "33 characters");
        Refused(Of(new Cap(CapScope.Pool, "arb-1", LimitRule.AmountIn, 1)), "Pool 'arb-1'", "base58");
        Refused(Of(new Cap(CapScope.Token, $"{default(Pubkey)}", LimitRule.AmountIn, 1)), "Token", "base58");
        Refused(Of(new Cap(CapScope.Wallet, $"{Mints.Wsol}", LimitRule.NotStopped, 1)), "NotStopped", "DayAmountIn");
    }

    [Fact]
    public void Caps_out_of_order_twice_or_too_many_are_refused()
    {
        var caps = Enumerable.Range(0, Policy.CapsMax + 1)
            .Select(number => new Cap(CapScope.Strategy, $"arb-{number:000}", LimitRule.AmountIn, 1)).ToArray();
        Assert.Null(Of(caps[..Policy.CapsMax]).Refusal());
        Refused(Of(caps), "257", "256");
        Refused(Of(caps[1], caps[0]), "arb-000", "ascending");
        Refused(Of(caps[0], caps[0] with { Most = 2 }), "arb-000", "once");
        Refused(new Policy { Caps = default }, "Caps", "empty");
    }

    private static Policy Of(params Cap[] caps) => new() { Caps = [.. caps] };

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
