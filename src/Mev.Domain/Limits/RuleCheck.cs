using Orleans;

namespace Mev.Domain.Limits;

/// <summary>One rule applied to one decision, as recorded: rule, limit, observed value, verdict.</summary>
[GenerateSerializer, Immutable, Alias("mev.rule-check")]
public readonly record struct RuleCheck(
    [property: Id(0)] LimitRule Rule,
    [property: Id(1)] long Limit,
    [property: Id(2)] long Observed,
    [property: Id(3)] bool Passed);
