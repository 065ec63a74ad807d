using Microsoft.Extensions.Options;

namespace Mev.Adapters.DuckDb;

/// <summary>Checks the annotations of <see cref="DuckDbStoreOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class DuckDbStoreOptionsValidator : IValidateOptions<DuckDbStoreOptions>;
