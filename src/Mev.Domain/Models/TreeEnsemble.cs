using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Mev.Domain.Models;

/// <summary>
/// The sum of many trees for one row at a time, eight trees side by side: every node of a tree is compared, each that
/// sends the row to the right takes the leaves on its left away, and the first leaf that is left is the row's (after
/// Lucchese et al., QuickScorer, SIGIR 2015). No branch depends on the row, nothing is allocated, and leaves are added
/// in the order of the trees, so the same row gives the same bits on every machine.
/// </summary>
public sealed class TreeEnsemble
{
    /// <summary>Features of a row at most: as many as one vector holds.</summary>
    public const int FeaturesMax = 8;

    /// <summary>Leaves of a tree at most: as many as a mask has bits.</summary>
    public const int LeavesMax = 32;

    /// <summary>Trees at most.</summary>
    public const int TreesMax = 512;

    private const int Lanes = 8;

    private readonly Vector256<int>[] _features;
    private readonly Vector256<float>[] _thresholds;
    private readonly Vector256<int>[] _left; // what stays when the row goes right
    private readonly int[] _begins; // of each group of eight trees, in the arrays above; and their end
    private readonly double[] _leaves; // LeavesMax of each tree
    private readonly double _bias;

    private TreeEnsemble(ImmutableArray<DecisionTree> trees, double bias)
    {
        (Trees, _bias) = (trees, bias);
        var groups = (trees.Length + Lanes - 1) / Lanes;
        _begins = new int[groups + 1];
        for (var group = 0; group < groups; group++)
        {
            var slots = 0;
            for (var tree = group * Lanes; tree < Math.Min(trees.Length, (group + 1) * Lanes); tree++)
                slots = Math.Max(slots, trees[tree].Features.Length);
            _begins[group + 1] = _begins[group] + slots;
        }
        _features = new Vector256<int>[_begins[^1]];
        _thresholds = new Vector256<float>[_begins[^1]];
        _left = new Vector256<int>[_begins[^1]];
        Array.Fill(_thresholds, Vector256.Create(float.PositiveInfinity)); // of no node: nothing goes right
        Array.Fill(_left, Vector256<int>.AllBitsSet);
        _leaves = new double[groups * Lanes * LeavesMax];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            var leaves = 0;
            Lay(tree, trees[tree].Features.Length == 0 ? ~0 : 0, ref leaves);
        }
    }

    /// <summary>The trees, in the order in which their leaves are added.</summary>
    public ImmutableArray<DecisionTree> Trees { get; }

    /// <summary>What the sum begins with.</summary>
    public double Bias => _bias;

    /// <summary>An ensemble of trees; null with the reason when they are none.</summary>
    /// <param name="trees">At most <see cref="TreesMax"/>.</param>
    /// <param name="bias">What the sum begins with.</param>
    /// <param name="features">Features of a row, at most <see cref="FeaturesMax"/>.</param>
    /// <param name="refusal">Which tree is none, and why; empty when all are.</param>
    public static TreeEnsemble? TryCreate(
        ImmutableArray<DecisionTree> trees, double bias, int features, out string refusal)
    {
        refusal = trees.Length > TreesMax ? $"{trees.Length} trees, more than {TreesMax}"
            : features is < 1 or > FeaturesMax ? $"{features} features, allowed are 1 to {FeaturesMax}"
            : double.IsFinite(bias) ? "" : "the bias is not finite";
        for (var tree = 0; tree < trees.Length && refusal.Length == 0; tree++)
            if (trees[tree].Refusal(features) is { } reason) refusal = $"tree {tree}: {reason}";
        return refusal.Length == 0 ? new TreeEnsemble(trees, bias) : null;
    }

    /// <summary>The bias and the row's leaf of each tree.</summary>
    /// <param name="row">Finite features; what is beyond them is not looked at.</param>
    public double Evaluate(Vector256<float> row)
    {
        Span<int> left = stackalloc int[Lanes];
        var sum = _bias;
        for (var group = 0; group + 1 < _begins.Length; group++)
        {
            var leaves = Vector256<int>.AllBitsSet;
            for (var slot = _begins[group]; slot < _begins[group + 1]; slot++)
            {
                var goesRight = Vector256.GreaterThan(
                    Vector256.ShuffleNative(row, _features[slot]), _thresholds[slot]).AsInt32();
                leaves &= _left[slot] | ~goesRight;
            }
            leaves.CopyTo(left);
            var first = group * Lanes;
            var count = Math.Min(Lanes, Trees.Length - first);
            for (var lane = 0; lane < count; lane++)
                sum += _leaves[(first + lane) * LeavesMax + BitOperations.TrailingZeroCount(left[lane])];
        }
        return sum;
    }

    /// <summary>Lays out what hangs on a child, its leaves from the left on; answers their mask.</summary>
    private int Lay(int tree, int child, ref int leaves)
    {
        if (child < 0)
        {
            _leaves[tree * LeavesMax + leaves] = Trees[tree].Leaves[~child];
            return 1 << leaves++;
        }
        var (group, lane) = (tree / Lanes, tree % Lanes);
        var slot = _begins[group] + child;
        var onLeft = Lay(tree, Trees[tree].Left[child], ref leaves);
        _features[slot] = _features[slot].WithElement(lane, Trees[tree].Features[child]);
        _thresholds[slot] = _thresholds[slot].WithElement(lane, Trees[tree].Thresholds[child]);
        _left[slot] = _left[slot].WithElement(lane, ~onLeft);
        return onLeft | Lay(tree, Trees[tree].Right[child], ref leaves);
    }
}
