using Mev.Domain.Feed;

namespace Mev.Grains.Feed;

/// <summary>A recording of the feed that holds the drains of a conflating run too; used by the pump alone.</summary>
/// <param name="Note">
/// Takes a drain whose batches were read before; a <see cref="FeedException"/> says that it cannot be written.
/// </param>
/// <param name="Close">No more drains, and no more of the feed: the recording ends.</param>
public sealed record DrainRecording(Action<DrainBounds> Note, Action Close);
