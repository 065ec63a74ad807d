using System.Collections.Immutable;
using Mev.Domain.Evaluation;
using Mev.Domain.Learning;

namespace Mev.Journal.Stores.Queries;

/// <summary>Recorded decisions to evaluate a policy on, and what of their time had to be left out.</summary>
public sealed record EvaluationSample
{
    /// <summary>Decisions that a sampler was asked for and of which it is known what came, oldest first.</summary>
    public required ImmutableArray<LoggedDecision> Decisions { get; init; }

    /// <summary>The beliefs that they were made with.</summary>
    public required IReadOnlyDictionary<PosteriorId, RecordedBelief> Beliefs { get; init; }

    /// <summary>Left out: another strategy held the chance.</summary>
    public required long Taken { get; init; }

    /// <summary>Left out: an arm was chosen and no message could be built.</summary>
    public required long Blocked { get; init; }

    /// <summary>Left out: submitted, and nobody knows what came of it, or not yet.</summary>
    public required long WithoutOutcome { get; init; }

    /// <summary>Left out: rows whose numbers are none of a decision.</summary>
    public required long Unreadable { get; init; }

    /// <summary>Left out: older than those asked for at most.</summary>
    public required long Older { get; init; }
}
