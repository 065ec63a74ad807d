using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Opportunities;

/// <summary>A cycle that was sized exactly in a drain, and what became of it.</summary>
/// <param name="Cycle">Its hash.</param>
/// <param name="Profit">Out minus in, units of its base mint, before fees; 0 when no size pays.</param>
/// <param name="Verdict">What became of it.</param>
[GenerateSerializer, Immutable, Alias("mev.sized-candidate")]
public readonly record struct SizedCandidate(
    [property: Id(0)] Digest Cycle, [property: Id(1)] Lamports Profit, [property: Id(2)] CandidateVerdict Verdict);
