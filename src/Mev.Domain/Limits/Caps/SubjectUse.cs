using Orleans;

namespace Mev.Domain.Limits.Caps;

/// <summary>How much of its caps a subject uses.</summary>
/// <param name="Open">Open submissions.</param>
/// <param name="DayIn">What the submits of the day put in, in the unit of its caps.</param>
[GenerateSerializer, Immutable, Alias("mev.subject-use")]
public readonly record struct SubjectUse([property: Id(0)] int Open, [property: Id(1)] ulong DayIn);
