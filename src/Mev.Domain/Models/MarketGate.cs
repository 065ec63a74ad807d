using System.Collections.Immutable;
using Mev.Domain.Auctions;

namespace Mev.Domain.Models;

/// <summary>
/// Whether the sampler's goals hold with a model: G1 and G2 in the simulated market with assumed rivals, and the time
/// and memory of a decision (G5) on the trainer's machine.
/// </summary>
/// <param name="SeedFirst">First seed that was played.</param>
/// <param name="SeedLast">And the last.</param>
/// <param name="Goals">The figures; judged by <see cref="GoalBounds"/>, whatever bounds stand beside them.</param>
public sealed record MarketGate(ulong SeedFirst, ulong SeedLast, ImmutableArray<Goal> Goals)
{
    /// <summary>Seeds at least: of fewer a lucky few might pass.</summary>
    public const int SeedsMin = 20;

    /// <summary>Why the model may not be used; none when it may.</summary>
    public IEnumerable<string> Refusals =>
    [
        .. SeedLast < SeedFirst || SeedLast - SeedFirst < SeedsMin - 1
            ? [$"seeds {SeedFirst} to {SeedLast} were played, {SeedsMin} at least are needed"]
            : (string[])[],
        .. GoalBounds.OfModel.SelectMany(Refuse),
    ];

    private IEnumerable<string> Refuse(GoalBound bound)
    {
        var goals = Goals.Where(bound.IsAskedOf).Select(goal => bound.Of(goal.Measured)).ToArray();
        return goals.Length == 0
            ? [$"{bound.Name}, {bound.What}, was not measured"]
            : goals.Where(goal => !goal.IsMet).Select(goal => $"{goal}");
    }
}
