using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>Checks <see cref="FeedOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class FeedOptionsValidator : IValidateOptions<FeedOptions>;
