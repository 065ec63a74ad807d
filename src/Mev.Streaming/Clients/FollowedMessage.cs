using Mev.Contracts.V1.Streams;

namespace Mev.Streaming.Clients;

/// <summary>A message of a followed channel, after it was applied.</summary>
/// <param name="Message">As it came.</param>
/// <param name="Step">What it meant.</param>
public readonly record struct FollowedMessage(ServerMessage Message, FollowStep Step);
