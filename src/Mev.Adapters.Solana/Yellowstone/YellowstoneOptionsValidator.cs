using Microsoft.Extensions.Options;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>Checks <see cref="YellowstoneOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class YellowstoneOptionsValidator : IValidateOptions<YellowstoneOptions>;
