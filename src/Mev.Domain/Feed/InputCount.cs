using Orleans;

namespace Mev.Domain.Feed;

/// <summary>Something in a feed that was not taken as it came, and how often, since its counter was made.</summary>
/// <param name="Name">Its name in <c>docs/input.md</c>, where it stands with its meaning.</param>
/// <param name="Count">How often it came.</param>
[GenerateSerializer, Immutable, Alias("mev.input-count")]
public sealed record InputCount([property: Id(0)] string Name, [property: Id(1)] long Count);
