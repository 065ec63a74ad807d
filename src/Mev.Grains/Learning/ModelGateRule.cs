using Mev.Journal.Models;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Learning;

/// <summary>No model that the gates refuse is put in force by a start, unless that is asked for.</summary>
internal sealed class ModelGateRule : IValidateOptions<ModelOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        if (options.AllowRefused || options.Path is not { Length: > 0 } path) return ValidateOptionsResult.Success;
        if (ModelFile.TryOpen(path, out _) is not { } model) return ValidateOptionsResult.Success; // ModelPath tells
        var verdict = ModelVerdict.Of(model.Bytes);
        return verdict.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Model:Path '{path}' is not put in force: {verdict}");
    }
}
