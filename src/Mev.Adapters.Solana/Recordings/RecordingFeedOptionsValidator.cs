using Microsoft.Extensions.Options;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>Checks the annotations of <see cref="RecordingFeedOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class RecordingFeedOptionsValidator : IValidateOptions<RecordingFeedOptions>;
