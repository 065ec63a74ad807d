using Mev.Control.Commands;

namespace Mev.Gateway.Commands;

/// <summary>What came in at an endpoint of commands.</summary>
/// <param name="Request">As on the wire; null when it could not be read.</param>
/// <param name="Refusal">Why it could not.</param>
internal sealed record ReceivedCommand(CommandRequest? Request, CommandRefusal? Refusal = null);
