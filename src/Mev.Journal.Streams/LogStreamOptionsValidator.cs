using Microsoft.Extensions.Options;

namespace Mev.Journal.Streams;

/// <summary>Checks the annotations of <see cref="LogStreamOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class LogStreamOptionsValidator : IValidateOptions<LogStreamOptions>;
