using System.ComponentModel.DataAnnotations;

namespace Mev.DevHost.Control;

/// <summary>Section <c>TrustRoot</c>: who may begin this cluster.</summary>
public sealed class TrustRootOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "TrustRoot";

    /// <summary>
    /// File of the admins who may begin the cluster. Default none: in the environment Development the keys of
    /// TrustRoot:DevelopmentFolder, elsewhere nobody may, and no command is taken.
    /// </summary>
    public string Path { get; init; } = "";

    /// <summary>SHA-256 of that file, hex; another file is refused. Default none.</summary>
    [RegularExpression("^([0-9a-fA-F]{64})?$")]
    public string Sha256 { get; init; } = "";

    /// <summary>
    /// Folder of the development keys, made with the first start; used in the environment Development alone, and never
    /// by Live. Default data/keys.
    /// </summary>
    [Required]
    public string DevelopmentFolder { get; init; } = "data/keys";
}
