using Microsoft.Extensions.Options;

namespace Mev.DevHost.Configuration;

/// <summary>Checks <see cref="DevHostOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class DevHostOptionsValidator : IValidateOptions<DevHostOptions>;
