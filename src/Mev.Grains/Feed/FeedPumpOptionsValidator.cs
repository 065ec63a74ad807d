using Microsoft.Extensions.Options;

namespace Mev.Grains.Feed;

/// <summary>Checks <see cref="FeedPumpOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class FeedPumpOptionsValidator : IValidateOptions<FeedPumpOptions>;
