using Microsoft.Extensions.Options;

namespace Mev.Grains;

/// <summary>Checks <see cref="TradingOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class TradingOptionsValidator : IValidateOptions<TradingOptions>;
