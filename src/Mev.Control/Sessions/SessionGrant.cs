using System.Collections.Immutable;
using Mev.Control.Commands;
using Mev.Control.Keys;

namespace Mev.Control.Sessions;

/// <summary>
/// The command <c>session.create</c>: somebody's long-term key vouches for the key of a session, which may use some of
/// the roles of its principal for at most <see cref="KeyRegistry.SessionMaxMs"/>. Whatever it signs proves that it is
/// held.
/// </summary>
internal static class SessionGrant
{
    /// <summary>The events that it is; what is wrong is told to the members.</summary>
    public static ImmutableArray<KeyEvent> Read(CommandMembers members, Signatory by, long nowMs)
    {
        members.Only("op", "x", "roles", "not_after_ms", "reason");
        var roles = KeyCommands.RolesOf(members);
        if ((roles & ~by.Roles) != 0) members.Refuse($"'roles' must be of your own: {by.Roles}");
        var endMs = members.OptionalNumber("not_after_ms") ?? (ulong)(nowMs + KeyRegistry.SessionMaxMs);
        if (KeyCommands.KeyOf(members) is not { } key) return [];
        return
        [
            new KeyEvent.KeyAdded(new RegisteredKey
            {
                PublicKey = key,
                Principal = by.Principal,
                Kind = KeyKind.Session,
                Granted = roles,
                NotBeforeMs = nowMs,
                NotAfterMs = (long)Math.Min(endMs, long.MaxValue),
                AddedMs = nowMs,
            }),
            new KeyEvent.KeyConfirmed(key.Id, nowMs),
        ];
    }
}
