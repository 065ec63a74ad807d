using Orleans;

namespace Mev.Domain.Limits;

/// <summary>Results of one minute.</summary>
/// <param name="Minute">Minutes since 1970.</param>
/// <param name="Sum">Of all results, lamports.</param>
/// <param name="Worst">The worst one, lamports; 0 where none was a loss.</param>
[GenerateSerializer, Immutable, Alias("mev.loss-minute")]
public readonly record struct LossMinute(
    [property: Id(0)] long Minute, [property: Id(1)] long Sum, [property: Id(2)] long Worst);
