namespace Mev.Domain.Signing;

/// <summary>What is known of stops, and the time of both clocks (specs: commands, emergency stop).</summary>
public sealed record SigningStop
{
    /// <summary>Epoch of the stop state that was read last; none until it was read once.</summary>
    public required ulong? Epoch { get; init; }

    /// <summary>A stop that concerns the bundle is in force.</summary>
    public required bool IsStopped { get; init; }

    /// <summary>The permit held; none while there is none.</summary>
    public required SigningPermit? Permit { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The time of a clock that nobody sets, from any fixed start.</summary>
    public required TimeSpan Uptime { get; init; }
}
