using Microsoft.Extensions.Options;

namespace Mev.Grains.Learning;

/// <summary>Checks <see cref="ModelOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class ModelOptionsValidator : IValidateOptions<ModelOptions>;
