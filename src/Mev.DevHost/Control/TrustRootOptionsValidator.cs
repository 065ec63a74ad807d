using Microsoft.Extensions.Options;

namespace Mev.DevHost.Control;

/// <summary>Checks <see cref="TrustRootOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class TrustRootOptionsValidator : IValidateOptions<TrustRootOptions>;
