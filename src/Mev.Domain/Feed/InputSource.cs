namespace Mev.Domain.Feed;

/// <summary>
/// Tells what one part of the platform met in a feed and did not take as it came, with the counts as of now. Called
/// from any thread.
/// </summary>
public delegate IEnumerable<InputCount> InputSource();
