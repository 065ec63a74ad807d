using Mev.Domain.Limits.Caps;
using Orleans;

namespace Mev.Domain.Limits;

/// <summary>One rule applied to one decision, as recorded: rule, limit, observed value, verdict.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Limit">Its bound.</param>
/// <param name="Observed">What was observed, the decision's own part included.</param>
/// <param name="Passed">The verdict.</param>
/// <param name="Subject">Whose cap the bound is; none for a limit of all.</param>
/// <param name="Used">Of a cap: what other submits used of it, an input.</param>
[GenerateSerializer, Immutable, Alias("mev.rule-check")]
public readonly record struct RuleCheck(
    [property: Id(0)] LimitRule Rule,
    [property: Id(1)] long Limit,
    [property: Id(2)] long Observed,
    [property: Id(3)] bool Passed,
    [property: Id(4)] CapSubject Subject = default,
    [property: Id(5)] long Used = 0);
