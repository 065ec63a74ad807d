using System.Collections.Immutable;

namespace Mev.Simulator.Chain;

/// <summary>Transactions tried one after the other in the open slot, on copies: nothing has happened yet.</summary>
/// <param name="Steps">Those tried, in order; after one that fails, none is.</param>
internal sealed record ChainTrial(ImmutableArray<TrialStep> Steps)
{
    /// <summary>The last one failed.</summary>
    public bool IsFailed => Steps.Length > 0 && Steps[^1].Error is not null;

    /// <summary>Compute units of all.</summary>
    public ulong ComputeUnits => Steps.Aggregate(0UL, (sum, step) => sum + step.Effects.ComputeUnits);

    /// <summary>An account's value after the last.</summary>
    public ChainAccount? Find(Domain.Chain.Pubkey key) => Steps[^1].Effects.Find(key);
}
