using Mev.Domain.Opportunities;
using Orleans.Concurrency;

namespace Mev.Grains.Abstractions.Strategies;

/// <summary>
/// Decides upon opportunities and learns from their outcomes: the single writer of its posterior. Key: the strategy's
/// id, for example <c>arb-1</c>.
/// </summary>
[Alias("mev.strategy"), GrainInterfaceType("mev.strategy")]
public interface IStrategyGrain : IGrainWithStringKey
{
    /// <summary>
    /// Loads the snapshot, folds the journal's tail and says where the strategy stood: nothing up to that cursor is
    /// decided again, and its open intents are to be sent again.
    /// </summary>
    [Alias("resume")]
    ValueTask<ResumePoint> Resume();

    /// <summary>
    /// Decides upon a batch: draws, limits, claims, messages, then one append. Answers once every record is durable and
    /// the intents among them were handed on; false where an earlier activation decided upon it already.
    /// </summary>
    [Alias("decide")]
    ValueTask<bool> Decide(OpportunityBatch batch);

    /// <summary>Applies the outcomes that the journal holds beyond the last applied offset, each once.</summary>
    [Alias("apply-outcomes")]
    ValueTask ApplyOutcomes();

    /// <summary>Posterior, tallies and offsets.</summary>
    [Alias("describe"), ReadOnly]
    ValueTask<StrategyView> Describe();
}
