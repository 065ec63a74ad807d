using Mev.Domain.Models;

namespace Mev.Training;

/// <summary>A trained model and how it did.</summary>
/// <param name="Model">As a silo would read it from its file.</param>
/// <param name="Gate">What was measured on rows of a later time.</param>
public sealed record TrainedModel(OffsetModel Model, ModelGate Gate);
