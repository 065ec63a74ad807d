namespace Mev.Domain.Bundles;

/// <summary>
/// Begins to look who takes a chance that was let pass. False where there is no room for it, where it cannot be
/// followed, and where a bundle of ours goes for it: then nobody will tell of it. From any thread; returns at once.
/// </summary>
public delegate bool WatchSkipped(SkippedChance chance);
