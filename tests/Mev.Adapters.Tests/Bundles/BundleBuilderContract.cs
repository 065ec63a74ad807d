using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Tests.Bundles;

/// <summary>What every builder of messages keeps to.</summary>
public abstract class BundleBuilderContract
{
    protected static StrategyParameters Parameters { get; } = new() { Id = "arb-1" };

    protected static Policy Policy { get; } = new();

    private static DrawStream Draws { get; } = new(RandomKey.Of("arb-1", 1), Sequence: 7);

    protected abstract IBundleBuilder Builder();

    /// <summary>An opportunity that a message is built of.</summary>
    protected abstract Opportunity Chance();

    protected abstract DecisionInputs Inputs();

    [Fact]
    public void The_same_inputs_build_the_same_bytes_whoever_builds()
    {
        var built = Build(Builder());
        Assert.Equal(DecisionReason.None, built.Refusal);
        Assert.False(built.Message.IsEmpty);
        Assert.Equal(built.Message.ToArray(), Build(Builder()).Message.ToArray());
    }

    [Fact]
    public void No_tip_may_be_above_what_the_policy_allows() =>
        Assert.True(Builder().TipCap(new Lamports(long.MaxValue / 2), Inputs()) <= Policy.TipMax);

    protected BuiltBundle Build(IBundleBuilder builder, DecisionInputs? inputs = null) =>
        builder.Build(Chance(), Route.Standard, new Lamports(50_000), Draws, inputs ?? Inputs());
}
