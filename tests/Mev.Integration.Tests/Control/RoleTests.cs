using Mev.Control.Commands;

namespace Mev.Integration.Tests.Control;

/// <summary>Who may do what: each cell of role and command, really signed and sent.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class RoleTests(ControlHost control)
{
    [Fact]
    public async Task Each_role_may_do_alone_what_its_column_says_and_nothing_else()
    {
        var viewer = await control.Viewer();
        (string Name, string Role)[] persons =
            [(viewer, "viewer"), ("operator-1", "operator"), ("risk-1", "risk"), ("admin-1", "admin")];
        var cells = 0;
        foreach (var op in CommandCatalog.Names)
        {
            var @class = CommandCatalog.ClassOf(op, CommandEndpoints.Commands);
            if (@class is CommandClass.Unknown or CommandClass.TwoPersons or CommandClass.Possession) continue;
            foreach (var (name, role) in persons)
            {
                var answer = await control.Command(name, new { op });
                Assert.True(Expected(@class, role) == Verdict(answer), $"{role} {op}: {answer}");
                cells++;
            }
        }
        Assert.True(cells > 80, $"{cells} cells");
    }

    [Fact]
    public async Task Each_role_may_propose_what_its_column_says_and_nothing_else()
    {
        var viewer = await control.Viewer();
        (string Name, string Role)[] persons =
            [(viewer, "viewer"), ("operator-1", "operator"), ("risk-1", "risk"), ("admin-1", "admin")];
        foreach (var op in CommandCatalog.Names)
        {
            var @class = CommandCatalog.ClassOf(op, CommandEndpoints.Commands);
            if (@class is CommandClass.Unknown) continue;
            foreach (var (name, role) in persons)
            {
                var answer = await control.Propose(name, new { op });
                var mayPropose = (@class, role) is
                    (CommandClass.Loosening, "operator" or "risk") or (CommandClass.Administration, "admin")
                    or (CommandClass.OutsideAddress, "admin" or "risk");
                Assert.True(mayPropose == (answer.Code != "role_denied"), $"{role} {op}: {answer}");
            }
        }
    }

    [Fact]
    public async Task A_revoked_key_signs_nothing_from_the_next_request_on()
    {
        var key = control.NewKey("operator-2");
        await control.Register("operator-2", "operator", key);
        Assert.Equal(202, (await control.Command("operator-2", new { op = "ping" })).Status);

        var revoked = await control.ByTwo(
            "admin-1", "admin-2", new { op = "key.revoke", key = $"{key.Id}", reason = "lost" });
        var after = await control.Command("operator-2", new { op = "ping" });

        Assert.Equal(202, revoked.Status);
        Assert.Equal((401, "key_inactive"), (after.Status, after.Code));
    }

    [Fact]
    public async Task A_key_that_was_added_does_nothing_before_it_proved_that_it_is_held()
    {
        var key = control.NewKey("operator-3");
        await control.Add("operator-3", "operator", key);

        var early = await control.Command("operator-3", new { op = "ping" });
        var confirmed = await control.Command("operator-3", new { op = "key.confirm" });
        var twice = await control.Command("operator-3", new { op = "key.confirm" });
        var later = await control.Command("operator-3", new { op = "ping" });

        Assert.Equal((401, "key_inactive"), (early.Status, early.Code));
        Assert.Equal((202, 422, 202), (confirmed.Status, twice.Status, later.Status));
    }

    private static string Verdict(ControlHost.Answer answer) => answer.Status switch
    {
        202 or 422 => "may", // what it lacks besides is its body's
        403 => answer.Code,
        _ => $"{answer}",
    };

    private static string Expected(CommandClass @class, string role) => (@class, role) switch
    {
        (CommandClass.Tightening, "operator" or "risk" or "admin") => "may",
        (CommandClass.Loosening, "operator" or "risk") => "two_person_required",
        (CommandClass.Administration, "admin") => "two_person_required",
        (CommandClass.OutsideAddress, "admin" or "risk") => "two_person_required",
        _ => "role_denied",
    };
}
