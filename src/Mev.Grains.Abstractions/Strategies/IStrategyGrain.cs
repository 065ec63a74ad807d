using Mev.Domain.Bundles;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Streams;
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
    /// Folds the journal to its end and says where the strategy stands: nothing that is durable is to be decided again,
    /// and its open intents are to be sent again.
    /// </summary>
    [Alias("resume")]
    ValueTask<ResumePoint> Resume();

    /// <summary>
    /// Decides upon a batch: draws, limits, claims, messages, then one append. Answers once every record is durable and
    /// the intents among them were handed on, with the number of its decisions so far. After a failure only
    /// <see cref="Resume"/> tells whether the batch is decided.
    /// </summary>
    [Alias("decide")]
    ValueTask<long> Decide(OpportunityBatch batch);

    /// <summary>Applies the outcomes that the journal holds beyond the last applied offset, each once.</summary>
    [Alias("apply-outcomes")]
    ValueTask ApplyOutcomes();

    /// <summary>
    /// Journals, once, that the outcome of an open intent is unknown, because its record can be read no longer: nothing
    /// leaves for it, and its place is free once no evidence can come. Nothing happens where it is not open.
    /// </summary>
    [Alias("give-up")]
    ValueTask GiveUp(IntentReference intent);

    /// <summary>
    /// Journals who took a chance that the strategy let pass and is looked after, and learns from it; at most once for
    /// a skip. Nothing happens where it is another's, or was forgotten.
    /// </summary>
    [Alias("taken")]
    ValueTask Taken(OpportunityId opportunity, AttributedWinner winner);

    /// <summary>Posterior, tallies and offsets.</summary>
    [Alias("describe"), ReadOnly, ClientReadable]
    ValueTask<StrategyView> Describe();

    /// <summary>Has an observer told how the strategy is whenever that changed, for 30 s from now.</summary>
    [Alias("observe"), ClientReadable]
    ValueTask Observe(IStateObserver observer);

    /// <summary>The posterior's bytes.</summary>
    [Alias("export"), ReadOnly, ClientReadable]
    ValueTask<PosteriorExport> Export();
}
