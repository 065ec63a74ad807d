using Microsoft.Extensions.Options;

namespace Mev.Gateway;

/// <summary>Checks <see cref="GatewayOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class GatewayOptionsValidator : IValidateOptions<GatewayOptions>;
