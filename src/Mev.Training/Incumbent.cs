using Mev.Domain.Models;
using Mev.Journal.Models;

namespace Mev.Training;

/// <summary>The model that a new one has to match.</summary>
internal static class Incumbent
{
    private const string None = "none";

    /// <summary>The model; null where none is to be matched.</summary>
    /// <param name="asked">A file, or none; null for the one in force.</param>
    /// <param name="inForce">The hash of the one in force, lower hex; null where there is none.</param>
    /// <param name="folder">Where files of models lie, named by their hash.</param>
    /// <exception cref="InvalidDataException">The file is none that may be used.</exception>
    public static OffsetModel? Find(string? asked, string? inForce, string folder)
    {
        if (asked == None || (asked is null && inForce is null)) return null;
        if (asked is not null)
        {
            return ModelFile.TryOpen(asked, out var whyNot)
                ?? throw new InvalidDataException($"--against '{asked}' is refused: {whyNot}");
        }
        var path = Path.Combine(folder, $"{inForce}.model");
        return ModelFile.TryOpen(path, out var refusal) is { } model && $"{model.Id}" == inForce
            ? model
            : throw new InvalidDataException(
                $"the newest decision was made with model {inForce}, and '{path}' is refused "
                + $"({(refusal.Length > 0 ? refusal : "it is another one")}): name its file with --against FILE, or "
                + $"match no model with --against {None}");
    }
}
