using Mev.Domain.Feed;

namespace Mev.Grains.Feed;

/// <summary>What a host brings to record a conflating run, or to repeat one.</summary>
/// <param name="Recording">Where drains are recorded; null where they are not.</param>
/// <param name="Recorded">
/// Reads the feed's recorded drains in their order, which are repeated; null where it has none.
/// </param>
/// <param name="Orders">The counterparty on the feed; needed by either.</param>
public sealed record DrainTape(
    DrainRecording? Recording, Func<IEnumerable<DrainBounds>>? Recorded, OrderIntake? Orders)
{
    /// <summary>Nothing is recorded or repeated.</summary>
    public static DrainTape None { get; } = new(null, null, null);
}
