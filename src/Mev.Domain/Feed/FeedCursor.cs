using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Feed;

/// <summary>
/// How far a feed was taken: each journalled batch carries it, so that a restart decides nothing twice.
/// </summary>
/// <param name="Position">
/// Batches taken from the start of a repeatable feed, this one included; 0 before the first. Of a live feed a number
/// that rises with each batch, and from run to run.
/// </param>
/// <param name="Slot">Highest slot seen.</param>
/// <param name="WriteVersion">Highest write version seen in that slot.</param>
[GenerateSerializer, Immutable, Alias("mev.feed-cursor")]
public readonly record struct FeedCursor(
    [property: Id(0)] ulong Position, [property: Id(1)] Slot Slot, [property: Id(2)] ulong WriteVersion);
