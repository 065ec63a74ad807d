using System.Globalization;
using System.Text;
using Mev.Domain.Models;

namespace Mev.Benchmarks.Models;

/// <summary>Writes trees as the text from which the library reads a model.</summary>
internal static class LightGbmText
{
    public static string Of(TreeEnsemble ensemble)
    {
        var names = ModelRow.Names;
        var text = new StringBuilder("tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n");
        text.Append(CultureInfo.InvariantCulture, $"max_feature_idx={names.Length - 1}\nobjective=regression\n");
        text.Append(CultureInfo.InvariantCulture, $"feature_names={string.Join(' ', names)}\n");
        text.Append(
            CultureInfo.InvariantCulture, $"feature_infos={string.Join(' ', names.Select(_ => "[-1e9:1e9]"))}\n\n");
        for (var number = 0; number < ensemble.Trees.Length; number++) Append(text, number, ensemble.Trees[number]);
        return text.Append("end of trees\n").ToString();
    }

    private static void Append(StringBuilder text, int number, DecisionTree tree)
    {
        Line("Tree", [number]);
        Line("num_leaves", [tree.Leaves.Length]);
        Line("num_cat", [0]);
        Line("split_feature", tree.Features);
        Line("split_gain", tree.Features.Select(_ => 1));
        Line("threshold", tree.Thresholds.Select(threshold => (double)threshold));
        Line("decision_type", tree.Features.Select(_ => 2)); // numbers, of which none is missing
        Line("left_child", tree.Left);
        Line("right_child", tree.Right);
        Line("leaf_value", tree.Leaves);
        Line("leaf_weight", tree.Leaves.Select(_ => 1));
        Line("leaf_count", tree.Leaves.Select(_ => 1));
        Line("internal_value", tree.Features.Select(_ => 0));
        Line("internal_weight", tree.Features.Select(_ => 0));
        Line("internal_count", tree.Features.Select(_ => 1));
        Line("is_linear", [0]);
        Line("shrinkage", [1]);
        text.Append("\n\n");

        void Line<T>(string name, IEnumerable<T> values)
            where T : IFormattable =>
            text.Append(name).Append('=')
                .AppendJoin(' ', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)))
                .Append('\n');
    }
}
