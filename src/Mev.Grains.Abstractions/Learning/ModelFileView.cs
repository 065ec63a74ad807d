using Mev.Domain.Chain;

namespace Mev.Grains.Abstractions.Learning;

/// <summary>A file of the folder that models are activated from.</summary>
[GenerateSerializer, Immutable, Alias("mev.model-file-view")]
public sealed record ModelFileView
{
    /// <summary>Its name in the folder.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Hash of its bytes, which names the model; null when they could not be read.</summary>
    [Id(1)] public Digest? Id { get; init; }

    /// <summary>Time of the newest row that it was trained on, milliseconds since 1970; 0 without one.</summary>
    [Id(2)] public long TrainedToMs { get; init; }

    /// <summary>Why a command that activates it would be refused, or change nothing; empty when neither.</summary>
    [Id(3)] public string Refusal { get; init; } = "";
}
