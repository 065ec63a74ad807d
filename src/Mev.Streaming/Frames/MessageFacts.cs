namespace Mev.Streaming.Frames;

/// <summary>What a filter of decisions looks at.</summary>
/// <param name="Strategy">Which strategy decided.</param>
/// <param name="Action">What it did, a number of the domain.</param>
/// <param name="Reason">Why, a number of the domain.</param>
public sealed record MessageFacts(string Strategy, uint Action, uint Reason);
