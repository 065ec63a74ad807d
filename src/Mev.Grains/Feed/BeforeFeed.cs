namespace Mev.Grains.Feed;

/// <summary>
/// Something that a host does at its start and the feed waits for, so that what is decided first does not depend on
/// which of them was faster.
/// </summary>
/// <param name="cancellationToken">The host ends.</param>
public delegate Task BeforeFeed(CancellationToken cancellationToken);
