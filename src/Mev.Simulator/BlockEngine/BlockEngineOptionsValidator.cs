using Microsoft.Extensions.Options;

namespace Mev.Simulator.BlockEngine;

/// <summary>Checks <see cref="BlockEngineOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class BlockEngineOptionsValidator : IValidateOptions<BlockEngineOptions>;
