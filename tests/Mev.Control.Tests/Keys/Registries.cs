using Mev.Control.Keys;
using Mev.Control.Signatures;
using Mev.Control.Tests.Signatures;

namespace Mev.Control.Tests.Keys;

/// <summary>Registries for tests.</summary>
internal static class Registries
{
    public const long DayMs = 24L * 3_600 * 1_000;

    /// <summary>The moment of the vectors, and of everything that says no other.</summary>
    public const long NowMs = 1_763_856_000_000;

    public static PrincipalId Principal(string name) => PrincipalId.Parse(name)!.Value;

    /// <summary>Two admins with a key each, so that others may come and go.</summary>
    public static KeyRegistry Admins()
    {
        using var first = TestKey.Of(201);
        using var second = TestKey.Of(202);
        return KeyRegistry.Empty
            .With("admin-1", Roles.Admin, first.PublicKey).With("admin-2", Roles.Admin, second.PublicKey);
    }

    /// <summary>With an event that its rules take.</summary>
    public static KeyRegistry With(this KeyRegistry registry, KeyEvent change)
    {
        var after = registry.Apply(change);
        Assert.NotNull(after);
        return after;
    }

    /// <summary>With a principal of these roles and a key of it, confirmed a day ago.</summary>
    public static KeyRegistry With(
        this KeyRegistry registry, string name, Roles roles, Ed25519PublicKey key, KeyKind kind = KeyKind.LongTerm) =>
        registry.With(new KeyEvent.RolesSet(Principal(name), roles, NowMs - DayMs))
            .With(new KeyEvent.KeyAdded(Key(name, key, kind)))
            .With(new KeyEvent.KeyConfirmed(key.Id, Key(name, key, kind).AddedMs + 1));

    /// <summary>A key that is not confirmed yet; a session's is an hour old, others a day.</summary>
    public static RegisteredKey Key(string name, Ed25519PublicKey key, KeyKind kind = KeyKind.LongTerm)
    {
        var (age, life) = kind == KeyKind.Session
            ? (DayMs / 24, KeyRegistry.SessionMaxMs)
            : (DayMs, KeyRegistry.LongTermMaxMs);
        return new RegisteredKey
        {
            PublicKey = key,
            Principal = Principal(name),
            Kind = kind,
            Granted = Roles.All,
            NotBeforeMs = NowMs - age,
            NotAfterMs = NowMs - age + life,
            AddedMs = NowMs - age,
        };
    }
}
