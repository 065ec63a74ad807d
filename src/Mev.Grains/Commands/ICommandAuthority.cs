using Mev.Control.Commands;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Commands;

namespace Mev.Grains.Commands;

/// <summary>Says to whoever is to carry a command out what it may do, by the signed bytes alone.</summary>
public interface ICommandAuthority
{
    /// <summary>What the order does.</summary>
    /// <exception cref="CommandRefusedException">
    /// Nothing: it is not durable, not permitted or not this command.
    /// </exception>
    /// <exception cref="Journal.JournalUnavailableException">The journal cannot be read.</exception>
    ValueTask<AuthorisedCommand> Authorise(CommandOrder order);

    /// <summary>The newest policy that the log has by records that somebody permitted.</summary>
    /// <exception cref="Journal.JournalUnavailableException">The journal cannot be read.</exception>
    ValueTask<Policy> RecordedPolicy();

    /// <summary>Whether the bytes are a stop of somebody who may; waits for no journal for long.</summary>
    /// <exception cref="CommandRefusedException">They are not.</exception>
    ValueTask<AuthorisedCommand> AuthoriseStop(SignedEnvelope command);
}
