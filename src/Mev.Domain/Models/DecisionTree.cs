using System.Collections.Immutable;

namespace Mev.Domain.Models;

/// <summary>
/// A binary tree of comparisons. Node 0 is the root; a row goes left where its feature is at most the threshold. A
/// child of at least 0 is a node, of any other number <c>c</c> the leaf <c>~c</c>. Without nodes it is leaf 0 alone.
/// </summary>
public sealed record DecisionTree
{
    /// <summary>By node: index of the feature.</summary>
    public required ImmutableArray<int> Features { get; init; }

    /// <summary>By node: the threshold.</summary>
    public required ImmutableArray<float> Thresholds { get; init; }

    /// <summary>By node: where a row goes whose feature is at most the threshold.</summary>
    public required ImmutableArray<int> Left { get; init; }

    /// <summary>By node: where the others go.</summary>
    public required ImmutableArray<int> Right { get; init; }

    /// <summary>By leaf: its value, the weight of the tree multiplied in.</summary>
    public required ImmutableArray<double> Leaves { get; init; }

    /// <summary>Why it is no tree of so many features at most; null when it is one. Never throws.</summary>
    public string? Refusal(int features)
    {
        var nodes = Features.Length;
        if (Thresholds.Length != nodes || Left.Length != nodes || Right.Length != nodes || Leaves.Length != nodes + 1)
            return $"{nodes} nodes with {Leaves.Length} leaves, and other arrays of other lengths";
        if (Leaves.Length > TreeEnsemble.LeavesMax)
            return $"{Leaves.Length} leaves, more than {TreeEnsemble.LeavesMax}";
        if (Features.Any(feature => feature < 0 || feature >= features)) return "a feature that no row has";
        if (!Thresholds.All(float.IsFinite) || !Leaves.All(double.IsFinite)) return "a number that is not finite";
        var reached = new bool[nodes + Leaves.Length]; // nodes, then leaves
        return Reach(nodes == 0 ? ~0 : 0, reached) && !reached.Contains(false) ? null : "its children make no tree";
    }

    /// <summary>Marks what hangs on a child; false when it is none, or was met before.</summary>
    private bool Reach(int child, bool[] reached)
    {
        var isNode = child >= 0;
        if (isNode ? child >= Features.Length : ~child >= Leaves.Length) return false;
        ref var isReached = ref reached[isNode ? child : Features.Length + ~child];
        if (isReached) return false;
        isReached = true;
        return !isNode || (Reach(Left[child], reached) && Reach(Right[child], reached));
    }
}
