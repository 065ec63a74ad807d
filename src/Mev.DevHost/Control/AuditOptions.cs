using System.ComponentModel.DataAnnotations;

namespace Mev.DevHost.Control;

/// <summary>Section <c>Audit</c>: the signed checkpoints of the journal.</summary>
public sealed class AuditOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Audit";

    /// <summary>
    /// The log's name, without a blank or a plus: verifiers know it by that and its key. Default mev.local.
    /// </summary>
    [Required, StringLength(200), RegularExpression("^[^ +/\\s][^ +\\s]*$")]
    public string Name { get; init; } = "mev.local";

    /// <summary>
    /// File of the key that signs checkpoints, as 'mevctl keys generate' makes it, closed to all other users. Default
    /// none: in the environment Development one is made in TrustRoot:DevelopmentFolder, never for Live, which does not
    /// start without a key; elsewhere nothing is signed.
    /// </summary>
    public string KeyPath { get; init; } = "";

    /// <summary>
    /// Folder of the trees and checkpoints, one for each partition; keep it as long as the journal. Default beside the
    /// journal, under its name: data/journal.audit.
    /// </summary>
    public string Folder { get; init; } = "";
}
