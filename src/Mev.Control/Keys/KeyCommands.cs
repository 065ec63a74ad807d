using System.Collections.Immutable;
using Mev.Control.Commands;
using Mev.Control.Signatures;
using Mev.Control.StructuredFields;

namespace Mev.Control.Keys;

/// <summary>Commands that change the registry: the events that each is.</summary>
internal static class KeyCommands
{
    private const int RolesMax = 4;

    /// <summary>A command of the registry that two admins decide.</summary>
    public static bool IsOne(string name) => name is "key.add" or "key.revoke" or "role.set";

    /// <summary>The event; what is wrong is told to the members.</summary>
    public static KeyEvent? Read(string name, CommandMembers members, long nowMs)
    {
        members.Reason();
        switch (name)
        {
            case "key.add":
                members.Only("op", "principal", "x", "not_after_ms", "reason");
                return Added(Principal(members, "principal"), members, nowMs);
            case "key.revoke":
                members.Only("op", "key", "reason");
                if (KeyId.Parse(members.Text("key")) is { } key) return new KeyEvent.KeyRevoked(key, nowMs);
                members.Refuse("'key' must be the id of a key");
                return null;
            default:
                members.Only("op", "principal", "roles", "reason");
                return new KeyEvent.RolesSet(Principal(members, "principal"), RolesOf(members), nowMs);
        }
    }

    /// <summary>
    /// Everybody of the first registry, with their keys, which both admins vouch for: they are confirmed with it.
    /// </summary>
    public static ImmutableArray<KeyEvent> First(CommandMembers initial, long nowMs)
    {
        var events = ImmutableArray.CreateBuilder<KeyEvent>();
        foreach (var person in initial.Objects("principals", KeyRegistry.PrincipalsMax))
        {
            person.Only("name", "roles", "keys");
            var principal = Principal(person, "name");
            events.Add(new KeyEvent.RolesSet(principal, RolesOf(person), nowMs));
            foreach (var key in person.Objects("keys", RolesMax))
            {
                key.Only("x", "not_after_ms");
                if (Added(principal, key, nowMs) is { } added)
                    events.AddRange(added, new KeyEvent.KeyConfirmed(added.Key.PublicKey.Id, nowMs));
                if (key.Problem is { } wrong) person.Refuse(wrong);
            }
            if (person.Problem is { } problem) initial.Refuse(problem);
        }
        return events.ToImmutable();
    }

    private static KeyEvent.KeyAdded? Added(PrincipalId principal, CommandMembers members, long nowMs)
    {
        if (KeyOf(members) is not { } key) return null;
        var end = members.OptionalNumber("not_after_ms") ?? (ulong)(nowMs + KeyRegistry.LongTermMaxMs);
        return new KeyEvent.KeyAdded(new RegisteredKey
        {
            PublicKey = key,
            Principal = principal,
            Kind = KeyKind.LongTerm,
            Granted = Roles.All,
            NotBeforeMs = nowMs,
            NotAfterMs = (long)Math.Min(end, long.MaxValue),
            AddedMs = nowMs,
        });
    }

    /// <summary>The public key that a member names.</summary>
    public static Ed25519PublicKey? KeyOf(CommandMembers members)
    {
        var bytes = CanonicalBase64.ReadUrl(members.Text("x"), Ed25519PublicKey.Length);
        if (bytes is not null && Ed25519PublicKey.Read(bytes) is { } key) return key;
        members.Refuse("'x' must be an Ed25519 key in base64url");
        return null;
    }

    private static PrincipalId Principal(CommandMembers members, string name)
    {
        if (PrincipalId.Parse(members.Text(name)) is { } principal) return principal;
        members.Refuse($"'{name}' must be 1 to {PrincipalId.LengthMax} of a-z 0-9 . _ -");
        return default;
    }

    /// <summary>The roles of a list.</summary>
    public static Roles RolesOf(CommandMembers members)
    {
        var roles = Roles.None;
        foreach (var text in members.Texts("roles", RolesMax))
        {
            var role = text switch
            {
                "viewer" => Roles.Viewer,
                "operator" => Roles.Operator,
                "risk" => Roles.Risk,
                "admin" => Roles.Admin,
                _ => Roles.None,
            };
            if (role == Roles.None) members.Refuse("'roles' must be of viewer, operator, risk, admin");
            roles |= role;
        }
        return roles;
    }
}
