using System.ComponentModel.DataAnnotations;

namespace Mev.Grains.Learning;

/// <summary>Section <c>Model</c>: the model of offsets.</summary>
public sealed class ModelOptions
{
    /// <summary>File of a model that is put in force at the start. Default none: what was in force stays.</summary>
    [ModelPath]
    public string? Path { get; init; }

    /// <summary>
    /// Folder that signed commands (<c>model.activate</c>) take files from, each named by its hash, as mev-train names
    /// them. Default <c>models</c>.
    /// </summary>
    [Required]
    public string Folder { get; init; } = "models";

    /// <summary>
    /// A model that the gates refuse is used all the same, with a warning: for trials in Execution:Mode Paper, and no
    /// other mode starts with it. Default false.
    /// </summary>
    public bool AllowRefused { get; init; }

    /// <summary>
    /// Age of the newest row that a model was trained on from which on its offsets are 0: markets move on. Default 30
    /// days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan AgeMax { get; init; } = TimeSpan.FromDays(30);
}
