using System.ComponentModel.DataAnnotations;
using Mev.Adapters.Solana.Recordings.Compact;

namespace Mev.DevHost;

/// <summary>
/// The name of a recording that can be made, or none: seen at the start, before a bundle is sent that the recording
/// should tell of.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NewRecordingAttribute : ValidationAttribute
{
    /// <summary>The rule.</summary>
    public NewRecordingAttribute() => ErrorMessage =
        "a file that is not there yet, in a folder that can be written; a recording overwrites nothing, so name a new "
        + "file or move that one away";

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is string path && (path.Length == 0 || CompactRecordingWriter.CanMake(path));
}
