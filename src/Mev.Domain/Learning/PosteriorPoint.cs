using System.Collections.Immutable;
using Orleans;

namespace Mev.Domain.Learning;

/// <summary>A belief as it stood at one place of the journal: a point of its history.</summary>
[GenerateSerializer, Immutable, Alias("mev.posterior-point")]
public sealed record PosteriorPoint
{
    /// <summary>Offset of the record after which it stood so.</summary>
    [Id(0)] public required long Offset { get; init; }

    /// <summary>Time of the outcome in that record, milliseconds since 1970.</summary>
    [Id(1)] public required long AtMs { get; init; }

    /// <summary>Epoch of the belief.</summary>
    [Id(2)] public required ulong Epoch { get; init; }

    /// <summary>Which belief.</summary>
    [Id(3)] public required PosteriorId Id { get; init; }

    /// <summary>Outcomes that it had learnt from in this epoch.</summary>
    [Id(4)] public required long Learnt { get; init; }

    /// <summary>
    /// Its mean probability of landing by the fast route on a typical opportunity, at tip shares of 25, 45, 65, 85 %.
    /// </summary>
    [Id(5)] public required ImmutableArray<double> Landing { get; init; }
}
