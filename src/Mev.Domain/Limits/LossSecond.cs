using Orleans;

namespace Mev.Domain.Limits;

/// <summary>Results of one second.</summary>
/// <param name="Second">Seconds since 1970.</param>
/// <param name="Sum">Of all results, lamports.</param>
/// <param name="Worst">The worst one, lamports; 0 where none was a loss.</param>
[GenerateSerializer, Immutable, Alias("mev.loss-second")]
public readonly record struct LossSecond(
    [property: Id(0)] long Second, [property: Id(1)] long Sum, [property: Id(2)] long Worst);
