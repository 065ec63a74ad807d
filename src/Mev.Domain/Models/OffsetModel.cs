using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Models;

/// <summary>
/// Says by how much the logarithm of the best rival bid lies off what a regression on the features expects. The
/// posterior learns what the model leaves open, so a wrong model costs some evidence and no money for ever.
/// </summary>
/// <param name="bytes">The file that it was read from: its hash names the model in every record.</param>
/// <param name="ensemble">Its trees.</param>
/// <param name="trainedToMs">Time of the newest row that it was trained on, milliseconds since 1970.</param>
public sealed class OffsetModel(ReadOnlyMemory<byte> bytes, TreeEnsemble ensemble, long trainedToMs)
{
    /// <summary>Largest offset, either way: a factor of e on the bid.</summary>
    public const double OffsetMax = 1.0;

    /// <summary>SHA-256 of <see cref="Bytes"/>.</summary>
    public Digest Id { get; } = Digest.Of(bytes.Span);

    /// <summary>The file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Its trees.</summary>
    public TreeEnsemble Ensemble { get; } = ensemble;

    /// <summary>Time of the newest row that it was trained on, milliseconds since 1970.</summary>
    public long TrainedToMs { get; } = trainedToMs;

    /// <summary>The offset of an opportunity, at most 1 either way; allocates nothing.</summary>
    /// <param name="features">What the sampler knows of it.</param>
    /// <param name="slotPosition">Place in the slot, 0 to 1.</param>
    public double OffsetOf(in FeatureVector features, double slotPosition) =>
        Math.Clamp(Ensemble.Evaluate(ModelRow.Of(features, slotPosition)), -OffsetMax, OffsetMax);
}
