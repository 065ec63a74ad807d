using System.Text.Json;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Records;
using Mev.Gateway.Commands;
using Mev.Grains.Abstractions.Commands;
using Microsoft.AspNetCore.Http;

namespace Mev.Gateway.Sessions;

/// <summary>
/// Takes the verified commands that only open something to read: <c>session.open</c> and <c>stream.ticket</c>. They
/// change nothing, so no log has them.
/// </summary>
internal sealed class SessionDesk(ReadSessions sessions, TimeProvider time)
{
    private const string NoPlace = "all places are taken: ask again when sessions have ended";

    /// <summary>What was opened; null for a command that is another desk's.</summary>
    public CommandAnswer? Take(VerifiedCommand command, ControlState state)
    {
        if (CommandBody.Read(command.Envelope.Body, command.Path) is not { Class: CommandClass.Reading } body)
            return null;
        if (!state.IsBegun)
            return CommandDesk.Refusal(CommandRefusal.Sealed, "the cluster was not begun");
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (state.Registry.SignatoryOf(command.Key.PublicKey.Id, nowMs) is not { } by)
            return CommandDesk.Refusal(CommandRefusal.KeyInactive, "the key has no role, or is not confirmed");
        if (CommandAccess.Execute(body.Class, by) is { } denied)
            return CommandDesk.Refusal(denied, $"{by.Principal} has the roles {by.Roles}, and they do not allow it");
        if (body.Members.EnumerateObject().Any(member => member.Name != "op"))
            return CommandDesk.Refusal(CommandRefusal.CommandInvalid, "'op' is its only member");
        return body.Name == "session.open" ? Open(command.Key, by) : Ticket(command.Key);
    }

    private CommandAnswer Open(RegisteredKey key, Signatory by) => sessions.Open(key) is var (token, endsMs)
        ? Answer(new
        {
            token,
            principal = by.Principal.Name,
            roles = $"{by.Roles}",
            ends_ms = endsMs,
            idle_ms = ReadSessions.IdleMs,
        })
        : CommandDesk.Refusal(CommandRefusal.RateLimited, NoPlace);

    private CommandAnswer Ticket(RegisteredKey key) => sessions.Ticket(key) is var (ticket, endsMs)
        ? Answer(new { ticket, ends_ms = endsMs })
        : CommandDesk.Refusal(CommandRefusal.RateLimited, NoPlace);

    private static CommandAnswer Answer(object body) => new()
    {
        Status = StatusCodes.Status200OK,
        Body = JsonSerializer.SerializeToUtf8Bytes(body),
    };
}
