using Microsoft.Extensions.Options;

namespace Mev.Adapters.Jito;

/// <summary>Checks the annotations of <see cref="JitoOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class JitoOptionsValidator : IValidateOptions<JitoOptions>;
