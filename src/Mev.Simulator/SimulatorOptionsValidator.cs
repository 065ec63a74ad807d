using Microsoft.Extensions.Options;

namespace Mev.Simulator;

/// <summary>Checks <see cref="SimulatorOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class SimulatorOptionsValidator : IValidateOptions<SimulatorOptions>;
