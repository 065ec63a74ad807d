namespace Mev.Control.Commands;

/// <summary>A command that its owner has verified anew, and found durable and permitted in the log.</summary>
/// <param name="CommandId">Its id: whatever it does carries it, so it is done once.</param>
/// <param name="Effect">What is to be done.</param>
/// <param name="Reason">Who and why, for the record.</param>
/// <param name="IsDone">The log has its effect already.</param>
/// <param name="ProposedMs">When its first person signed it, Unix milliseconds; null of a command of one.</param>
/// <param name="Offset">Its place in the log, which orders all commands; null of a stop, which waits for none.</param>
public sealed record AuthorisedCommand(
    Guid CommandId, CommandEffect Effect, string Reason, bool IsDone, long? ProposedMs = null,
    long? Offset = null);
