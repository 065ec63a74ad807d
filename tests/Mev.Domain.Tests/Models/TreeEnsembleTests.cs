using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using CsCheck;
using Mev.Domain.Models;

namespace Mev.Domain.Tests.Models;

public sealed class TreeEnsembleTests
{
    private const int Features = 7;

    /// <summary>Few distinct numbers, so that rows often lie on thresholds.</summary>
    private static readonly Gen<float> Number = Gen.OneOf(Gen.Int[-4, 4].Select(x => x / 2f), Gen.Float[-3f, 3f]);

    private static readonly Gen<DecisionTree> Tree =
        from nodes in Gen.Int[0, TreeEnsemble.LeavesMax - 1]
        from grow in Gen.Int[0, int.MaxValue].Array[nodes]
        from features in Gen.Int[0, Features - 1].Array[nodes]
        from thresholds in Number.Array[nodes]
        from leaves in Gen.Double[-1.0, 1.0].Array[nodes + 1]
        select Grown(grow, features, thresholds, leaves);

    private static readonly Gen<ImmutableArray<DecisionTree>> Trees =
        Tree.Array[0, 40].Select(trees => trees.ToImmutableArray());

    [Fact]
    public void It_is_bit_for_bit_what_a_walk_down_each_tree_adds_up_to() =>
        Gen.Select(Trees, Number.Array[8], Gen.Double[-1.0, 1.0]).Sample((trees, row, bias) =>
        {
            var ensemble = TreeEnsemble.TryCreate(trees, bias, Features, out var refusal);
            Assert.Equal("", refusal);
            var expected = bias;
            foreach (var tree in trees) expected += Walk(tree, row);
            Assert.Equal(
                BitConverter.DoubleToInt64Bits(expected),
                BitConverter.DoubleToInt64Bits(ensemble!.Evaluate(Vector256.Create<float>(row))));
        });

    [Fact]
    public void A_row_that_is_the_threshold_goes_left()
    {
        var ensemble = TreeEnsemble.TryCreate([Stump(0.5f)], 1.0, Features, out _)!;
        Assert.Equal(11.0, ensemble.Evaluate(Vector256.Create(0.5f)));
        Assert.Equal(21.0, ensemble.Evaluate(Vector256.Create(MathF.BitIncrement(0.5f))));
    }

    [Fact]
    public void What_is_no_tree_is_refused_with_its_number()
    {
        var good = Grown([0, 1], [0, 1], [0f, 1f], [1, 2, 3]);
        Refused(good with { Left = [0, ~1] }, "no tree"); // its own child
        Refused(good with { Left = [2, ~1] }, "no tree");
        Refused(good with { Right = [~0, ~0] }, "no tree"); // a leaf twice
        Refused(good with { Right = [~7, ~2] }, "no tree");
        Refused(good with { Right = [int.MinValue, ~2] }, "no tree");
        Refused(good with { Features = [0, Features] }, "feature");
        Refused(good with { Features = [0, -1] }, "feature");
        Refused(good with { Thresholds = [0f, float.NaN] }, "not finite");
        Refused(good with { Leaves = [1, 2, double.PositiveInfinity] }, "not finite");
        Refused(good with { Leaves = [1, 2] }, "leaves");
        Refused(good with { Left = [1] }, "lengths");
        Assert.Null(TreeEnsemble.TryCreate([good], double.NaN, Features, out _));
        Assert.Null(TreeEnsemble.TryCreate([good], 0.0, TreeEnsemble.FeaturesMax + 1, out _));
        var many = Enumerable.Repeat(good, TreeEnsemble.TreesMax + 1).ToImmutableArray();
        Assert.Null(TreeEnsemble.TryCreate(many, 0.0, Features, out var refusal));
        Assert.Contains("513", refusal, StringComparison.Ordinal);

        static void Refused(DecisionTree bad, string reason)
        {
            var whole = Grown([], [], [], [1]);
            Assert.Null(TreeEnsemble.TryCreate([whole, bad], 0.0, Features, out var refusal));
            Assert.Contains("tree 1", refusal, StringComparison.Ordinal);
            Assert.Contains(reason, refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Evaluating_allocates_nothing()
    {
        var trees = Enumerable.Range(0, 100).Select(i => Stump(i / 100f)).ToImmutableArray();
        var ensemble = TreeEnsemble.TryCreate(trees, 0.0, Features, out _)!;
        var sum = ensemble.Evaluate(Vector256<float>.Zero);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) sum += ensemble.Evaluate(Vector256.Create(i / 1_000f));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0.0);
    }

    private static DecisionTree Stump(float threshold) => Grown([0], [0], [threshold], [10, 20]);

    /// <summary>Splits one leaf after the other: each node takes the place of the leaf that a number picks.</summary>
    private static DecisionTree Grown(int[] picks, int[] features, float[] thresholds, double[] leaves)
    {
        var (left, right) = (new int[picks.Length], new int[picks.Length]);
        for (var node = 0; node < picks.Length; node++)
        {
            var leaf = ~(picks[node] % (node + 1));
            if (node > 0)
            {
                for (var i = 0; i < node; i++)
                {
                    if (left[i] == leaf) left[i] = node;
                    if (right[i] == leaf) right[i] = node;
                }
            }
            (left[node], right[node]) = (leaf, ~(node + 1));
        }
        return new DecisionTree
        {
            Features = [.. features],
            Thresholds = [.. thresholds],
            Left = [.. left],
            Right = [.. right],
            Leaves = [.. leaves],
        };
    }

    private static double Walk(DecisionTree tree, float[] row)
    {
        var place = tree.Features.IsEmpty ? ~0 : 0;
        while (place >= 0)
            place = row[tree.Features[place]] <= tree.Thresholds[place] ? tree.Left[place] : tree.Right[place];
        return tree.Leaves[~place];
    }
}
