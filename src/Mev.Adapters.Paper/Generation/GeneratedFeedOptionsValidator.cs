using Microsoft.Extensions.Options;

namespace Mev.Adapters.Paper.Generation;

/// <summary>Checks the ranges of <see cref="GeneratedFeedOptions"/> at the start.</summary>
[OptionsValidator]
public sealed partial class GeneratedFeedOptionsValidator : IValidateOptions<GeneratedFeedOptions>;
