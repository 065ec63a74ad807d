using Microsoft.Extensions.Options;

namespace Mev.DevHost.Control;

/// <summary>Checks <see cref="AuditOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
