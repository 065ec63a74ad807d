using Mev.Journal.Stores.Rows;

namespace Mev.Journal.Stores;

/// <summary>Rows of one contiguous range of a partition of the audit topic.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="First">Offset of the first record.</param>
/// <param name="Records">A row for each record, in the order of their offsets.</param>
public sealed record StoreBatch(int Partition, long First, IReadOnlyList<RecordRow> Records)
{
    /// <summary>Offset of the first record behind it.</summary>
    public long Next => First + Records.Count;

    /// <summary>Decisions.</summary>
    public IReadOnlyList<DecisionRow> Decisions { get; init; } = [];

    /// <summary>Hand-overs.</summary>
    public IReadOnlyList<SubmissionRow> Submissions { get; init; } = [];

    /// <summary>Outcomes, those that were corrected later included.</summary>
    public IReadOnlyList<OutcomeRow> Outcomes { get; init; } = [];

    /// <summary>Policies put in force, stops and resumes.</summary>
    public IReadOnlyList<PolicyRow> Policies { get; init; } = [];

    /// <summary>What else happened.</summary>
    public IReadOnlyList<EventRow> Events { get; init; } = [];

    /// <summary>Pools that may not be known yet; one that is known stays as it is.</summary>
    public IReadOnlyList<PoolRow> Pools { get; init; } = [];

    /// <summary>Beliefs; of a strategy's second the first one stays.</summary>
    public IReadOnlyList<PosteriorRow> Posteriors { get; init; } = [];

    /// <summary>Beliefs in whole, each once; one that is known stays as it is.</summary>
    public IReadOnlyList<BeliefRow> Beliefs { get; init; } = [];
}
