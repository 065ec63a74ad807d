using System.Collections.Immutable;
using Mev.Control.Signatures;

namespace Mev.Control.Keys;

/// <summary>
/// Principals, their roles and their keys: the fold of the recorded events, immutable. Folded up to any record it is
/// the registry as of then.
/// </summary>
public sealed record KeyRegistry : ICommandKeys
{
    /// <summary>Principals at most; one more is refused.</summary>
    public const int PrincipalsMax = 256;

    /// <summary>Keys at most, revoked ones included; one more is refused.</summary>
    public const int KeysMax = 65_536;

    /// <summary>A long-term key lives at most this long, milliseconds.</summary>
    public const long LongTermMaxMs = 90L * 24 * 3_600 * 1_000;

    /// <summary>So long before its end a long-term key is told of, milliseconds.</summary>
    public const long EndsSoonMs = 14L * 24 * 3_600 * 1_000;

    /// <summary>A session's key lives at most this long, milliseconds.</summary>
    public const long SessionMaxMs = 8L * 3_600 * 1_000;

    private const long SessionKeptMs = 30L * 24 * 3_600 * 1_000; // as long as the ledger has what it signed

    internal const int AdminsMin = 2;

    private KeyRegistry(ImmutableDictionary<PrincipalId, Roles> roles, ImmutableDictionary<KeyId, RegisteredKey> keys)
    {
        Principals = roles;
        Keys = keys;
    }

    /// <summary>Nobody, as before genesis.</summary>
    public static KeyRegistry Empty { get; } = new(
        ImmutableDictionary<PrincipalId, Roles>.Empty, ImmutableDictionary<KeyId, RegisteredKey>.Empty);

    /// <summary>Admins whose keys count from ever and for ever: those of a trust root.</summary>
    internal static KeyRegistry OfAdmins(IReadOnlyCollection<(PrincipalId Principal, Ed25519PublicKey Key)> admins) =>
        new(
            admins.Select(admin => admin.Principal).Distinct()
                .ToImmutableDictionary(principal => principal, _ => Roles.Admin),
            admins.ToImmutableDictionary(admin => admin.Key.Id, admin => new RegisteredKey
            {
                PublicKey = admin.Key,
                Principal = admin.Principal,
                Kind = KeyKind.LongTerm,
                Granted = Roles.Admin,
                NotBeforeMs = 0,
                NotAfterMs = long.MaxValue,
                AddedMs = 0,
                ConfirmedMs = 0,
            }));

    /// <summary>Everybody, with their roles.</summary>
    public ImmutableDictionary<PrincipalId, Roles> Principals { get; }

    /// <summary>Every key that ever was; of sessions' those that ended in the last 30 days.</summary>
    public ImmutableDictionary<KeyId, RegisteredKey> Keys { get; }

    /// <summary>The key of that id; null when it never was.</summary>
    public RegisteredKey? Find(KeyId key) => Keys.GetValueOrDefault(key);

    /// <summary>
    /// Whose word the key's signature is at a moment; null when it is nobody's (not known, not active, without a role).
    /// </summary>
    public Signatory? SignatoryOf(KeyId id, long unixMs)
    {
        if (Find(id) is not { } key || key.StatusAt(unixMs) != KeyStatus.Active) return null;
        var roles = Principals.GetValueOrDefault(key.Principal) & key.Granted;
        return roles == Roles.None ? null : new Signatory(id, key.Principal, roles, key.Kind);
    }

    /// <inheritdoc/>
    KeyRegistry ICommandKeys.KeysFor(string path, long unixMs) => this;

    /// <summary>Whether anybody at all may do what these roles may, by a key that counts at that moment.</summary>
    internal bool IsAnyActive(Roles roles, long unixMs) =>
        Keys.Keys.Any(id => SignatoryOf(id, unixMs)?.IsAny(roles) == true);

    /// <summary>Without the keys that the other registry has revoked by that moment.</summary>
    internal KeyRegistry WithoutRevoked(KeyRegistry other, long unixMs) => new(
        Principals,
        Keys.RemoveRange(Keys.Keys.Where(id => other.Find(id)?.StatusAt(unixMs) == KeyStatus.Revoked)));

    /// <summary>Admins who hold a long-term key that counts at that moment: who can change a key.</summary>
    internal int AdminsAt(long unixMs) => Keys.Values
        .Where(key => key.Kind == KeyKind.LongTerm
            && SignatoryOf(key.PublicKey.Id, unixMs)?.IsAny(Roles.Admin) == true)
        .Select(key => key.Principal).Distinct().Count();

    /// <summary>
    /// The registry after the event; null when its rules refuse it, both for a command that would make it and for a
    /// record that claims it.
    /// </summary>
    public KeyRegistry? Apply(KeyEvent change) => change switch
    {
        KeyEvent.RolesSet set => Set(set),
        KeyEvent.KeyAdded added => Add(added.Key),
        KeyEvent.KeyConfirmed confirmed => Confirm(confirmed),
        KeyEvent.KeyRevoked revoked => Revoke(revoked),
        _ => null,
    };

    private KeyRegistry? Set(KeyEvent.RolesSet set)
    {
        if (!AreCompatible(set.Roles)) return null;
        if (!Principals.ContainsKey(set.Principal) && Principals.Count == PrincipalsMax) return null;
        return KeepingAdmins(new KeyRegistry(Principals.SetItem(set.Principal, set.Roles), Keys), set.AtMs);
    }

    /// <summary>The next registry; null where it leaves fewer admins than could ever change a key again.</summary>
    private KeyRegistry? KeepingAdmins(KeyRegistry next, long nowMs)
    {
        var left = next.AdminsAt(nowMs);
        return left < AdminsMin && left < AdminsAt(nowMs) ? null : next;
    }

    private KeyRegistry? Add(RegisteredKey key)
    {
        var lifeMax = key.Kind switch { KeyKind.LongTerm => LongTermMaxMs, KeyKind.Session => SessionMaxMs, _ => 0 };
        var keys = key.Kind == KeyKind.Session ? WithoutOldSessions(key.AddedMs) : Keys;
        return Principals.ContainsKey(key.Principal)
            && keys.Count < KeysMax
            && !Keys.ContainsKey(key.PublicKey.Id) // a key that was revoked never returns
            && key is { ConfirmedMs: null, RevokedMs: null, NotBeforeMs: >= 0 }
            && (key.Granted & ~Roles.All) == 0
            && key.NotAfterMs > key.NotBeforeMs
            && key.NotAfterMs - key.NotBeforeMs <= lifeMax
            ? new KeyRegistry(Principals, keys.Add(key.PublicKey.Id, key))
            : null;
    }

    private ImmutableDictionary<KeyId, RegisteredKey> WithoutOldSessions(long nowMs) => Keys.RemoveRange(
        Keys.Values.Where(key => key.Kind == KeyKind.Session && key.NotAfterMs < nowMs - SessionKeptMs)
            .Select(key => key.PublicKey.Id));

    private KeyRegistry? Confirm(KeyEvent.KeyConfirmed confirmed) =>
        Find(confirmed.Key) is { } key && key.StatusAt(confirmed.AtMs) == KeyStatus.Pending
            ? new KeyRegistry(Principals, Keys.SetItem(confirmed.Key, key with { ConfirmedMs = confirmed.AtMs }))
            : null;

    private KeyRegistry? Revoke(KeyEvent.KeyRevoked revoked) =>
        Find(revoked.Key) is { RevokedMs: null } key
            ? KeepingAdmins(
                new KeyRegistry(Principals, Keys.SetItem(revoked.Key, key with { RevokedMs = revoked.AtMs })),
                revoked.AtMs)
            : null;

    /// <summary>Who manages keys neither trades nor answers for limits.</summary>
    private static bool AreCompatible(Roles roles) =>
        roles != Roles.None
        && (roles & ~Roles.All) == 0
        && (!roles.HasFlag(Roles.Admin) || (roles & (Roles.Operator | Roles.Risk)) == 0);
}
