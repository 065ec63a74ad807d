using CsCheck;
using Mev.Control.Keys;
using Mev.Control.Tests.Signatures;

namespace Mev.Control.Tests.Keys;

public sealed class KeyRegistryTests
{
    private const long Now = Registries.NowMs;

    [Fact]
    public void A_key_counts_from_its_proof_to_its_revocation()
    {
        using var key = TestKey.Of(1);
        var added = Registries.Admins().With(Set("a", Roles.Risk))
            .With(new KeyEvent.KeyAdded(Registries.Key("a", key.PublicKey)));
        var confirmed = added.With(new KeyEvent.KeyConfirmed(key.PublicKey.Id, Now));
        var revoked = confirmed.With(new KeyEvent.KeyRevoked(key.PublicKey.Id, Now + 100));

        Assert.Equal(KeyStatus.Pending, added.Find(key.PublicKey.Id)!.StatusAt(Now));
        Assert.Null(added.SignatoryOf(key.PublicKey.Id, Now));
        Assert.Equal(Roles.Risk, confirmed.SignatoryOf(key.PublicKey.Id, Now)!.Roles);
        Assert.Null(confirmed.SignatoryOf(key.PublicKey.Id, Now - 1));
        Assert.NotNull(revoked.SignatoryOf(key.PublicKey.Id, Now + 99));
        Assert.Null(revoked.SignatoryOf(key.PublicKey.Id, Now + 100));
        Assert.Equal(KeyStatus.Revoked, revoked.Find(key.PublicKey.Id)!.StatusAt(Now + 100));
    }

    [Fact]
    public void A_key_has_its_time()
    {
        using var key = TestKey.Of(1);
        var registry = Registries.Admins().With("a", Roles.Viewer, key.PublicKey);
        var end = registry.Find(key.PublicKey.Id)!.NotAfterMs;

        Assert.NotNull(registry.SignatoryOf(key.PublicKey.Id, end));
        Assert.Null(registry.SignatoryOf(key.PublicKey.Id, end + 1));
        Assert.Equal(KeyStatus.OutOfTime, registry.Find(key.PublicKey.Id)!.StatusAt(0));
    }

    [Fact]
    public void A_key_never_returns_and_belongs_to_one()
    {
        using var key = TestKey.Of(1);
        var registry = Registries.Admins().With("a", Roles.Viewer, key.PublicKey).With(Set("b", Roles.Viewer));

        Assert.Null(registry.Apply(new KeyEvent.KeyAdded(Registries.Key("b", key.PublicKey))));
        registry = registry.With(new KeyEvent.KeyRevoked(key.PublicKey.Id, Now));
        Assert.Null(registry.Apply(new KeyEvent.KeyAdded(Registries.Key("a", key.PublicKey))));
        Assert.Null(registry.Apply(new KeyEvent.KeyRevoked(key.PublicKey.Id, Now + 1)));
        Assert.Null(registry.Apply(new KeyEvent.KeyConfirmed(key.PublicKey.Id, Now + 1)));
    }

    [Fact]
    public void Keys_of_sessions_are_forgotten_a_month_after_their_end_and_others_never()
    {
        using var session = TestKey.Of(1);
        using var lasting = TestKey.Of(2);
        using var later = TestKey.Of(3);
        var registry = Registries.Admins().With("a", Roles.Viewer, session.PublicKey, KeyKind.Session)
            .With("a", Roles.Viewer, lasting.PublicKey);
        var ended = registry.Find(session.PublicKey.Id)!.NotAfterMs;
        KeyRegistry At(long nowMs) => registry.With(new KeyEvent.KeyAdded(
            Registries.Key("a", later.PublicKey, KeyKind.Session) with
            {
                AddedMs = nowMs,
                NotBeforeMs = nowMs,
                NotAfterMs = nowMs + 1,
            }));

        Assert.NotNull(At(ended + 30 * Registries.DayMs).Find(session.PublicKey.Id));
        Assert.Null(At(ended + 30 * Registries.DayMs + 1).Find(session.PublicKey.Id));
        Assert.NotNull(At(ended + 300 * Registries.DayMs).Find(lasting.PublicKey.Id));
    }

    [Fact]
    public void What_is_no_key_to_add_is_refused()
    {
        using var key = TestKey.Of(1);
        var registry = Registries.Admins().With(Set("a", Roles.Viewer));
        var good = Registries.Key("a", key.PublicKey);

        Assert.NotNull(registry.Apply(new KeyEvent.KeyAdded(good)));
        Assert.Null(registry.Apply(new KeyEvent.KeyAdded(Registries.Key("nobody", key.PublicKey))));
        foreach (var bad in new[]
        {
            good with { ConfirmedMs = 0 },
            good with { RevokedMs = 0 },
            good with { Kind = KeyKind.Unknown },
            good with { NotAfterMs = good.NotBeforeMs },
            good with { NotAfterMs = good.NotBeforeMs + KeyRegistry.LongTermMaxMs + 1 },
            good with { Kind = KeyKind.Session, NotAfterMs = good.NotBeforeMs + KeyRegistry.SessionMaxMs + 1 },
            good with { NotBeforeMs = -1 },
            good with { Granted = (Roles)16 },
        })
        {
            Assert.Null(registry.Apply(new KeyEvent.KeyAdded(bad)));
        }
    }

    [Fact]
    public void A_session_uses_the_roles_that_it_was_granted_and_no_others()
    {
        using var key = TestKey.Of(1);
        var session = Registries.Key("a", key.PublicKey, KeyKind.Session) with
        {
            Granted = Roles.Operator | Roles.Admin,
        };
        var registry = Registries.Admins().With(Set("a", Roles.Operator | Roles.Risk))
            .With(new KeyEvent.KeyAdded(session)).With(new KeyEvent.KeyConfirmed(key.PublicKey.Id, Now));

        Assert.Equal(Roles.Operator, registry.SignatoryOf(key.PublicKey.Id, Now)!.Roles);
        registry = registry.With(Set("a", Roles.Risk)); // it was granted nothing of what is left
        Assert.Null(registry.SignatoryOf(key.PublicKey.Id, Now));
    }

    [Theory]
    [InlineData(Roles.None, false)]
    [InlineData(Roles.Viewer, true)]
    [InlineData(Roles.Operator | Roles.Risk, true)]
    [InlineData(Roles.Admin | Roles.Viewer, true)]
    [InlineData(Roles.Admin | Roles.Risk, false)]
    [InlineData(Roles.Admin | Roles.Operator, false)]
    [InlineData(Roles.All, false)]
    [InlineData((Roles)16, false)]
    public void Who_manages_keys_does_not_trade(Roles roles, bool isTaken) =>
        Assert.Equal(isTaken, Registries.Admins().Apply(Set("a", roles)) is not null);

    [Fact]
    public void Two_admins_stay()
    {
        using var key = TestKey.Of(1);
        var three = Registries.Admins().With("admin-3", Roles.Admin, key.PublicKey);
        var two = three.With(Set("admin-1", Roles.Viewer));

        Assert.Null(two.Apply(Set("admin-2", Roles.Viewer)));
        Assert.Null(two.Apply(new KeyEvent.KeyRevoked(key.PublicKey.Id, Now)));
    }

    /// <summary>Who holds no key that counts can sign nothing, so it is not one of the two.</summary>
    [Fact]
    public void Of_the_two_admins_each_has_a_key_that_counts()
    {
        using var ended = TestKey.Of(1);
        using var pending = TestKey.Of(2);
        using var session = TestKey.Of(3);
        var three = Registries.Admins()
            .With(Set("admin-3", Roles.Admin))
            .With(new KeyEvent.KeyAdded(Registries.Key("admin-3", ended.PublicKey) with { NotAfterMs = Now - 1 }))
            .With(new KeyEvent.KeyConfirmed(ended.PublicKey.Id, Now - 100))
            .With(new KeyEvent.KeyAdded(Registries.Key("admin-3", pending.PublicKey)))
            .With(new KeyEvent.KeyAdded(Registries.Key("admin-3", session.PublicKey, KeyKind.Session)))
            .With(new KeyEvent.KeyConfirmed(session.PublicKey.Id, Now));
        Assert.Null(three.Apply(Set("admin-1", Roles.Viewer)));

        var confirmed = three.With(new KeyEvent.KeyConfirmed(pending.PublicKey.Id, Now));
        Assert.NotNull(confirmed.Apply(Set("admin-1", Roles.Viewer)));
        Assert.NotNull(three.Apply(Set("admin-3", Roles.Viewer))); // it was none of the two
    }

    [Fact]
    public void The_number_of_principals_is_bounded()
    {
        var registry = Registries.Admins();
        for (var i = registry.Principals.Count; i < KeyRegistry.PrincipalsMax; i++)
            registry = registry.With(Set($"p{i}", Roles.Viewer));

        Assert.Null(registry.Apply(Set("one-more", Roles.Viewer)));
        Assert.NotNull(registry.Apply(Set("p5", Roles.Risk)));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("risk-1.example_x", true)]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    public void A_principal_has_a_plain_name(string name, bool isName) =>
        Assert.Equal(isName, PrincipalId.Parse(name) is not null);

    [Fact]
    public void Any_history_folds_to_the_same_registry_and_keeps_its_rules()
    {
        var names = Gen.OneOf("admin-1", "admin-2", "c", "d");
        var number = Gen.Byte[1, 5];
        var events = Gen.OneOf(
            Gen.Select(names, Gen.Int[0, 16]).Select((name, roles) => (KeyEvent)Set(name, (Roles)roles)),
            Gen.Select(names, number, Gen.OneOf(KeyKind.LongTerm, KeyKind.Session)).Select((name, key, kind) =>
                (KeyEvent)new KeyEvent.KeyAdded(Registries.Key(name, Public(key), kind))),
            number.Select(key => (KeyEvent)new KeyEvent.KeyConfirmed(Public(key).Id, Now)),
            number.Select(key => (KeyEvent)new KeyEvent.KeyRevoked(Public(key).Id, Now)));
        events.Array[0, 40].Sample(history =>
        {
            var (once, again) = (Fold(history), Fold(history));
            Assert.Equal(
                once.Principals.OrderBy(entry => entry.Key.Name), again.Principals.OrderBy(entry => entry.Key.Name));
            Assert.Equal(once.Keys.Count, again.Keys.Count);
            Assert.True(once.Principals.Values.Count(roles => roles.HasFlag(Roles.Admin)) >= 2);
            Assert.All(once.Principals.Values, roles => Assert.False(
                roles.HasFlag(Roles.Admin) && (roles & (Roles.Operator | Roles.Risk)) != 0));
            Assert.All(once.Keys, entry => Assert.Equal(entry.Key, entry.Value.PublicKey.Id));
        }, iter: 2_000);
    }

    private static KeyRegistry Fold(KeyEvent[] history) =>
        history.Aggregate(Registries.Admins(), (registry, change) => registry.Apply(change) ?? registry);

    private static Control.Signatures.Ed25519PublicKey Public(byte number)
    {
        using var key = TestKey.Of(number);
        return key.PublicKey;
    }

    private static KeyEvent.RolesSet Set(string name, Roles roles) => new(Registries.Principal(name), roles, Now);
}
