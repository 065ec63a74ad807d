using Microsoft.Extensions.Options;

namespace Mev.Gateway.Streams;

/// <summary>Checks <see cref="StreamOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class StreamOptionsValidator : IValidateOptions<StreamOptions>;
