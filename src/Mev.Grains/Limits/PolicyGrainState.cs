using Mev.Domain.Limits;

namespace Mev.Grains.Limits;

/// <summary>Saved state of the policy grain.</summary>
[GenerateSerializer, Immutable, Alias("mev.policy-grain-state")]
internal sealed record PolicyGrainState
{
    /// <summary>The version in force.</summary>
    [Id(0)] public Policy Policy { get; init; } = new();

    /// <summary>Offset of the first record of the control partition that was not looked at for a newer one.</summary>
    [Id(1)] public long NextOffset { get; init; }

    /// <summary>
    /// Why it was stopped, as long as the journal may lack the stop; null when it has it.
    /// </summary>
    [Id(2)] public string? UntoldStop { get; init; }

    /// <summary>The command that asked for it; empty where none did.</summary>
    [Id(3)] public Guid UntoldCommand { get; init; }
}
