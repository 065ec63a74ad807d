using System.Collections.Immutable;
using Mev.Domain.Learning;

namespace Mev.Journal.Replay;

/// <summary>Every arm's draw in a recorded decision, or why they cannot be shown.</summary>
/// <param name="Items">The draws; empty when a rule decided before the sampler was asked.</param>
/// <param name="Problem">Why draws that were made are not there, for people; empty when they are.</param>
public sealed record RecordedDraws(ImmutableArray<ArmDraw> Items, string Problem)
{
    internal static RecordedDraws Missing(string problem) => new([], problem);
}
