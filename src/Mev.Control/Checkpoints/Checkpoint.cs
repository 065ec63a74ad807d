using System.Globalization;
using Mev.Control.StructuredFields;
using Mev.Domain.Chain;

namespace Mev.Control.Checkpoints;

/// <summary>A partition's tree at one size (C2SP tlog-checkpoint, without extension lines).</summary>
/// <param name="Origin">The partition's name in the world.</param>
/// <param name="Size">Leaves, 0 or more.</param>
/// <param name="Root">Root over them.</param>
public sealed record Checkpoint(string Origin, long Size, Digest Root)
{
    /// <summary>The text that is signed: three lines, each with its line feed.</summary>
    public string ToText() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n");

    /// <summary>Reads such a text; null when it is anything else, or another spelling of one.</summary>
    public static Checkpoint? Parse(string text) =>
        text.Split('\n') is [{ Length: > 0 } origin, var size, var root, ""]
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves)
        && CanonicalBase64.Read(root) is { Length: Digest.Length } bytes
        && new Checkpoint(origin, leaves, new Digest(bytes)) is var checkpoint
        && checkpoint.ToText() == text
            ? checkpoint
            : null;
}
