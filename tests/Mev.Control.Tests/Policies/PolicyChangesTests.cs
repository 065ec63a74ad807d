using Mev.Control.Commands;
using Mev.Control.Policies;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Pools;

namespace Mev.Control.Tests.Policies;

public sealed class PolicyChangesTests
{
    private static readonly Policy Before = new()
    {
        QuarantinedPools = [Pool(1)],
        Caps = [new(CapScope.Strategy, "arb-1", LimitRule.AmountIn, 5)],
    };

    public static TheoryData<string, Func<Policy, Policy>, bool> Changes => new()
    {
        { "stopped", policy => policy with { IsStopped = true }, true },
        { "minimum-profit", policy => policy with { MinimumProfit = new Lamports(10_001) }, true },
        { "minimum-profit", policy => policy with { MinimumProfit = new Lamports(9_999) }, false },
        { "amount-in-max", policy => policy with { AmountInMax = new TokenAmount(1) }, true },
        { "amount-in-max", policy => policy with { AmountInMax = new TokenAmount(ulong.MaxValue) }, false },
        { "tip-max", policy => policy with { TipMax = Lamports.Zero }, true },
        { "tip-max", policy => policy with { TipMax = new Lamports(long.MaxValue) }, false },
        { "open-submissions-max", policy => policy with { OpenSubmissionsMax = 63 }, true },
        { "open-submissions-max", policy => policy with { OpenSubmissionsMax = 65 }, false },
        { "loss-trade-max", Losses(losses => losses with { TradeMax = Lamports.Zero }), true },
        { "loss-hour-max", Losses(losses => losses with { HourMax = Lamports.Zero }), true },
        { "loss-day-max", Losses(losses => losses with { DayMax = new Lamports(long.MaxValue) }), false },
        { "drawdown-max", Losses(losses => losses with { DrawdownMax = new Lamports(long.MaxValue) }), false },
        { "failures-max", Losses(losses => losses with { FailuresMax = 51 }), false },
        { $"quarantine {Pool(2)}", policy => policy with { QuarantinedPools = [Pool(1), Pool(2)] }, true },
        { $"quarantine {Pool(1)}", policy => policy with { QuarantinedPools = [] }, false },
        { "strategy arb-1 amount_in_max", Caps(new Cap(CapScope.Strategy, "arb-1", LimitRule.AmountIn, 4)), true },
        { "strategy arb-1 amount_in_max", Caps(new Cap(CapScope.Strategy, "arb-1", LimitRule.AmountIn, 6)), false },
        { "strategy arb-1 amount_in_max", Caps(), false },
        {
            $"pool {Pool(3)} day_amount_in_max",
            Caps(Before.Caps[0], new Cap(CapScope.Pool, $"{Pool(3)}", LimitRule.DayAmountIn, ulong.MaxValue)), true
        },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_limit_has_its_direction(string name, Func<Policy, Policy> change, bool isTighter)
    {
        var changes = PolicyChanges.Between(Before, change(Before));

        Assert.Equal((name, isTighter), (Assert.Single(changes).Limit, changes[0].IsTighter));
        Assert.Equal(isTighter ? CommandClass.Tightening : CommandClass.Loosening, PolicyChanges.ClassOf(changes));
        Assert.Equal(!isTighter, Assert.Single(PolicyChanges.Between(change(Before), Before)).IsTighter);
    }

    [Fact]
    public void One_that_loosens_makes_all_of_them_loosening()
    {
        var mixed = Before with { TipMax = Lamports.Zero, OpenSubmissionsMax = 65, IsStopped = true };

        Assert.Equal(CommandClass.Loosening, PolicyChanges.ClassOf(PolicyChanges.Between(Before, mixed)));
    }

    [Fact]
    public void Another_version_alone_changes_no_limit() =>
        Assert.Empty(PolicyChanges.Between(Before, Before with { Version = 9 }));

    [Fact]
    public void Every_limit_of_a_policy_is_compared() =>
        Assert.Equal(
            // a further property has no direction yet: say it in PolicyChanges, then here
            ["AmountInMax", "Caps", "Hash", "IsStopped", "Losses", "MinimumProfit", "OpenSubmissionsMax",
                "QuarantinedPools", "ResumedMs", "TipMax", "Version"],
            typeof(Policy).GetProperties().Where(property => !property.GetMethod!.IsStatic)
                .Select(property => property.Name).Order());

    private static Func<Policy, Policy> Losses(Func<LossLimits, LossLimits> change) =>
        policy => policy with { Losses = change(policy.Losses) };

    private static Func<Policy, Policy> Caps(params Cap[] caps) => policy => policy with { Caps = [.. caps] };

    private static PoolId Pool(byte number)
    {
        var bytes = new byte[32];
        Array.Fill(bytes, number);
        return new PoolId(new Pubkey(bytes));
    }
}
