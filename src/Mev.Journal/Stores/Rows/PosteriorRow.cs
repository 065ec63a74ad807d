using System.Collections.Immutable;
using Mev.Domain.Learning;

namespace Mev.Journal.Stores.Rows;

/// <summary>What a strategy believed when it made a decision: at most one row for each of its seconds.</summary>
/// <param name="Strategy">Whose.</param>
/// <param name="Second">Seconds since 1970 in which the decision's record was made.</param>
/// <param name="Offset">Place of the decision in the partition.</param>
/// <param name="Id">The belief, by content, lower hex.</param>
/// <param name="Kind">Which sampler.</param>
/// <param name="Arms">What it believes of each arm's probability of landing.</param>
/// <param name="Factors">What arms share.</param>
public sealed record PosteriorRow(
    string Strategy, long Second, long Offset, string Id, SamplerKind Kind, ImmutableArray<ArmBelief> Arms,
    ImmutableArray<PosteriorFactor> Factors);
