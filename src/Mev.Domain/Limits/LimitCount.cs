using Orleans;

namespace Mev.Domain.Limits;

/// <summary>A bounded queue, buffer or table, and how often its bound was met since it was made.</summary>
/// <param name="Name">Its name in <c>docs/limits.md</c>, where it stands with its consequence.</param>
/// <param name="Bound">What it holds at most, in its own unit.</param>
/// <param name="Then">What it does at the bound.</param>
/// <param name="Count">How often it did.</param>
[GenerateSerializer, Immutable, Alias("mev.limit-count")]
public sealed record LimitCount(
    [property: Id(0)] string Name,
    [property: Id(1)] long Bound,
    [property: Id(2)] AtLimit Then,
    [property: Id(3)] long Count);
