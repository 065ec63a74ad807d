using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Tests.Keys;
using Mev.Control.Tests.Signatures;

namespace Mev.Control.Tests.Commands;

/// <summary>Every cell of role, class and key, for one person alone, as proposer and as approver.</summary>
public sealed class CommandAccessTests
{
    private static readonly CommandClass[] Classes = Enum.GetValues<CommandClass>();

    private static readonly Roles[] Held =
        [Roles.None, Roles.Viewer, Roles.Operator, Roles.Risk, Roles.Admin, Roles.Operator | Roles.Risk];

    // One row for each class: none, viewer, operator, risk, admin, operator and risk. Letters: x executes alone,
    // 2 takes a second person, l takes the long-term key, . is denied.
    private static readonly Dictionary<CommandClass, (string LongTerm, string Session)> Alone = new()
    {
        [CommandClass.Unknown] = ("......", "......"),
        [CommandClass.Reading] = (".xxxxx", ".xxxxx"),
        [CommandClass.OwnSession] = (".xxxxx", ".lllll"),
        [CommandClass.Tightening] = ("..xxxx", "..xxxx"),
        [CommandClass.Loosening] = ("..22.2", "..ll.l"),
        [CommandClass.Administration] = ("....2.", "....l."),
        [CommandClass.OutsideAddress] = ("...222", "...lll"),
        [CommandClass.Possession] = ("......", "......"),
        [CommandClass.TwoPersons] = ("......", "......"),
        [CommandClass.Genesis] = ("......", "......"),
    };

    // Who approves what an operator, one of role risk or an admin proposed.
    private static readonly Dictionary<(CommandClass, Roles), string> Approval = new()
    {
        [(CommandClass.Loosening, Roles.Operator)] = "...x.x",
        [(CommandClass.Loosening, Roles.Risk)] = "...x.x",
        [(CommandClass.Loosening, Roles.Admin)] = "...x.x", // never proposed
        [(CommandClass.Administration, Roles.Admin)] = "....x.",
        [(CommandClass.Administration, Roles.Operator)] = "....x.", // never proposed
        [(CommandClass.Administration, Roles.Risk)] = "....x.", // never proposed
        [(CommandClass.OutsideAddress, Roles.Admin)] = "...x.x",
        [(CommandClass.OutsideAddress, Roles.Risk)] = "....x.",
        [(CommandClass.OutsideAddress, Roles.Operator)] = "....x.", // never proposed
    };

    [Fact]
    public void One_person_alone_does_what_the_table_says()
    {
        foreach (var @class in Classes)
        {
            Assert.Equal(Alone[@class].LongTerm, Row(KeyKind.LongTerm, by => CommandAccess.Execute(@class, by)));
            Assert.Equal(Alone[@class].Session, Row(KeyKind.Session, by => CommandAccess.Execute(@class, by)));
        }
    }

    [Fact]
    public void Who_needs_a_second_person_may_propose_and_nobody_else()
    {
        foreach (var @class in Classes)
        {
            var alone = Alone[@class].LongTerm;
            var expected = alone.Contains('2') ? alone.Replace('2', 'x') : "......";
            Assert.Equal(expected, Row(KeyKind.LongTerm, by => CommandAccess.Propose(@class, by)));
            Assert.Equal(
                expected.Replace('x', 'l'), Row(KeyKind.Session, by => CommandAccess.Propose(@class, by)));
        }
    }

    [Fact]
    public void The_second_person_is_one_that_the_table_names()
    {
        foreach (var @class in Classes)
        {
            foreach (var proposer in new[] { Roles.Operator, Roles.Risk, Roles.Admin })
            {
                var expected = Approval.GetValueOrDefault((@class, proposer), "......");
                Assert.Equal(expected, Row(KeyKind.LongTerm, by => CommandAccess.Approve(@class, proposer, by)));
                Assert.Equal(
                    expected.Replace('x', 'l'),
                    Row(KeyKind.Session, by => CommandAccess.Approve(@class, proposer, by)));
            }
        }
    }

    [Fact]
    public void An_admin_who_also_trades_would_loosen_nothing()
    {
        // the registry refuses such a principal; the table does not rely on it
        var both = By(Roles.Admin | Roles.Risk | Roles.Operator, KeyKind.LongTerm);

        Assert.Equal(CommandRefusal.RoleDenied, CommandAccess.Execute(CommandClass.Loosening, both));
        Assert.Equal(CommandRefusal.RoleDenied, CommandAccess.Propose(CommandClass.Loosening, both));
        Assert.Equal(CommandRefusal.RoleDenied, CommandAccess.Approve(CommandClass.Loosening, Roles.Operator, both));
    }

    [Fact]
    public void Every_command_has_a_class_at_its_endpoint_alone()
    {
        Assert.NotEmpty(CommandCatalog.Names);
        Assert.All(CommandCatalog.Names, name => Assert.Single(
            CommandEndpoints.All, path => CommandCatalog.ClassOf(name, path) != CommandClass.Unknown));
    }

    private static string Row(KeyKind kind, Func<Signatory, CommandRefusal?> ask) => string.Concat(
        Held.Select(roles => ask(By(roles, kind)) switch
        {
            null => 'x',
            { Code: "two_person_required", Status: 403 } => '2',
            { Code: "session_key_insufficient", Status: 403 } => 'l',
            { Code: "role_denied", Status: 403 } => '.',
            var other => throw new InvalidOperationException($"{other}"),
        }));

    private static Signatory By(Roles roles, KeyKind kind)
    {
        using var key = TestKey.Of(1);
        return new Signatory(key.PublicKey.Id, Registries.Principal("someone"), roles, kind);
    }
}
