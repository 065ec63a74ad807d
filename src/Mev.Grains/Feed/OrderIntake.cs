namespace Mev.Grains.Feed;

/// <summary>
/// A counterparty on the feed whose orders take effect at a place that its caller knows, so that a run can be repeated.
/// </summary>
/// <param name="Taken">
/// Batches of the feed that have come in, its end as one more: what is handed in now settles with a later one.
/// </param>
/// <param name="Hold">From now on what is submitted waits until it is handed in.</param>
/// <param name="HandIn">
/// Hands in what was submitted since the last time; answers how many batches had come in at that moment.
/// </param>
public sealed record OrderIntake(Func<ulong> Taken, Action Hold, Func<ulong> HandIn);
