namespace Mev.Domain.Limits;

/// <summary>
/// Tells the bounded places of one part of the platform, with their counts as of now. Called from any thread.
/// </summary>
public delegate IEnumerable<LimitCount> LimitSource();
