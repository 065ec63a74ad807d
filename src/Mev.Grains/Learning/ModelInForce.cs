using Mev.Domain.Models;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Learning;

/// <summary>This silo's reference to the model, for turns that may not wait: a read a batch, a write a swap.</summary>
internal sealed class ModelInForce(IOptions<ModelOptions> options, TimeProvider time)
{
    private OffsetModel? _model;

    /// <summary>The model to decide with; null for none, also when it is stale.</summary>
    public OffsetModel? Current => Volatile.Read(ref _model) is { } model && !IsStale(model) ? model : null;

    /// <summary>Puts a model in force; null for none.</summary>
    public void Adopt(OffsetModel? model) => Volatile.Write(ref _model, model);

    /// <summary>What it was trained on is too old, or of a time that is still to come.</summary>
    public bool IsStale(OffsetModel model)
    {
        var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(model.TrainedToMs);
        return age.Duration() > options.Value.AgeMax;
    }
}
