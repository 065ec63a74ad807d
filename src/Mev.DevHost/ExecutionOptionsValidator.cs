using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>Checks <see cref="ExecutionOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class ExecutionOptionsValidator : IValidateOptions<ExecutionOptions>;
