using Mev.Domain.Bundles;
using Mev.Simulator.BlockEngine;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>
/// A row of the table from results to outcomes (specs: block engine, section 9), and how it is brought about.
/// </summary>
/// <param name="Switches">How the engine behaves.</param>
/// <param name="Kind">The last outcome.</param>
/// <param name="Cause">Its cause.</param>
internal sealed record EvidenceRow(EngineSwitches Switches, BundleOutcomeKind Kind, OutcomeCause Cause)
{
    /// <summary>Slots until what is confirmed is known.</summary>
    public const int Confirming = 8;

    /// <summary>Slots until the last valid block and 32 more are final.</summary>
    public const int Expiring = 260;

    /// <summary>Slots until it is known.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>What the cycle is worth where it failed, lamports; null where nobody can tell.</summary>
    public long? Value { get; init; }

    /// <summary>What happens after it was decided, and before the sender has it.</summary>
    public Func<EvidencePlay, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>What happens after its auction.</summary>
    public Func<EvidencePlay, Task> After { get; init; } = _ => Task.CompletedTask;

    /// <summary>What the engine has to have said, so that the row is the one that was meant.</summary>
    public string[] Says { get; init; } = [];
}
