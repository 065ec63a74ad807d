using Microsoft.Extensions.Options;

namespace Mev.Journal.Stores;

/// <summary>Checks the annotations of <see cref="DecisionSinkOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class DecisionSinkOptionsValidator : IValidateOptions<DecisionSinkOptions>;
