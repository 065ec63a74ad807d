using System.Globalization;
using Mev.Control.Signatures;

namespace Mev.Control.Checkpoints;

/// <summary>
/// What verifiers know an audit log by: its name and one key. Each partition is a log of its own with that key, under
/// the name <c>NAME/partition-N</c>.
/// </summary>
/// <param name="Name">Without a blank or a plus, not empty.</param>
/// <param name="PublicKey">The key that signs all of its partitions.</param>
public sealed record LogKey(string Name, Ed25519PublicKey PublicKey)
{
    /// <summary>Reads <c>name+hex id+base64(0x01 || key)</c>; null when it is anything else.</summary>
    public static LogKey? Parse(string text) =>
        NoteKey.Parse(text) is { IsLog: true } key ? new LogKey(key.Name, key.PublicKey) : null;

    /// <summary>The key as it signs a partition; its name is the origin of the checkpoints.</summary>
    public NoteKey OfPartition(int partition) => NoteKey.OfLog(
        string.Create(CultureInfo.InvariantCulture, $"{Name}/partition-{partition}"), PublicKey);

    /// <summary>The line that a verifier is given.</summary>
    public override string ToString() => NoteKey.OfLog(Name, PublicKey).ToString();
}
