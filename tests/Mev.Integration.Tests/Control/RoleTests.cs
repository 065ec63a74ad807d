using Mev.Control.Commands;

namespace Mev.Integration.Tests.Control;

/// <summary>Who may do what: each cell of role and command, really signed and sent.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class RoleTests(ControlHost control)
{
    /// <summary>Commands that are known, judged and not carried out: nothing else may be missing.</summary>
    private static readonly string[] Missing =
    [
        "address.allow", "alert.acknowledge", "log-key.rotate", "policy.rules", "program.allow",
        "strategy.live", "strategy.paper", "strategy.pause", "strategy.resume", "token.allow", "wallet.outside",
        "wallet.rotate",
    ];

    /// <summary>Of each: refused with its code and nothing changed, or really done.</summary>
    [Fact]
    public async Task Each_role_does_alone_what_its_column_says_and_nothing_else()
    {
        var cells = 0;
        foreach (var (op, @class) in Classes())
        {
            foreach (var (name, role) in await Persons())
            {
                var cell = await RoleCell.Of(control, op);
                Assert.Equal(Missing.Contains(op), cell is null);
                var before = await control.PolicyVersion();
                var answer = await control.Command(name, cell?.Body ?? new { op });
                var expected = Expected(@class, role);
                if (expected != "does")
                {
                    Assert.True((403, expected) == (answer.Status, answer.Code), $"{role} {op}: {answer}");
                    Assert.Equal(before, await control.PolicyVersion());
                }
                else if (cell is null)
                {
                    Assert.True(IsNotCarriedOut(answer), $"{role} {op}: {answer}");
                }
                else
                {
                    Assert.True(answer.Status == 202, $"{role} {op}: {answer}");
                    Assert.True(await cell.IsDone(), $"{role} {op} did nothing");
                }
                cells++;
            }
            await Resumed();
        }
        Assert.Equal(4 * CommandCatalog.Names.Count(IsOfRoles), cells);
    }

    [Fact]
    public async Task Each_role_proposes_what_its_column_says_and_nothing_else()
    {
        foreach (var (op, @class) in Classes())
        {
            foreach (var (name, role) in await Persons())
            {
                var cell = await RoleCell.Of(control, op);
                var answer = await control.Propose(name, cell?.Body ?? new { op });
                if (!MayPropose(@class, role))
                {
                    Assert.True((403, "role_denied") == (answer.Status, answer.Code), $"{role} {op}: {answer}");
                }
                else if (Missing.Contains(op))
                {
                    Assert.True(IsNotCarriedOut(answer), $"{role} {op}: {answer}");
                }
                else
                {
                    Assert.True(
                        (202, "Open") == (answer.Status, answer.Text("proposal_status")), $"{role} {op}: {answer}");
                    var ended = await control.Command(
                        name, new { op = "proposal.withdraw", proposal = answer.Text("proposal") });
                    Assert.Equal((202, "Withdrawn"), (ended.Status, ended.Text("proposal_status")));
                }
            }
            await Resumed();
        }
    }

    /// <summary>Each pair of roles, two persons, over each command that takes two.</summary>
    [Fact]
    public async Task Each_pair_of_roles_carries_out_what_it_may_and_nothing_else()
    {
        await Second("operator");
        await Second("risk");
        var done = 0;
        foreach (var (op, @class) in Classes())
        {
            if (@class == CommandClass.Tightening || op == "strategy.prior") continue;
            foreach (var (first, firstRole) in await Persons())
            {
                if (!MayPropose(@class, firstRole)) continue;
                foreach (var (second, secondRole) in await Persons(isSecond: true))
                {
                    if (await RoleCell.Of(control, op) is not { } cell) continue;
                    var proposed = await control.Propose(first, cell.Body);
                    var answer = await control.Approve(second, proposed);
                    var pair = $"{firstRole} and {secondRole} {op}: {answer}";
                    if ((@class, secondRole)
                        is (CommandClass.Loosening, "risk") or (CommandClass.Administration, "admin"))
                    {
                        Assert.True((202, "Executed") == (answer.Status, answer.Text("proposal_status")), pair);
                        Assert.True(await cell.IsDone(), pair);
                        done++;
                        continue;
                    }
                    Assert.True((403, "role_denied") == (answer.Status, answer.Code), pair);
                    Assert.False(await cell.IsDone(), pair);
                    await control.Command(
                        first, new { op = "proposal.withdraw", proposal = proposed.Text("proposal") });
                }
            }
            await Resumed();
        }
        Assert.Equal(6 * 2 + 3, done); // six that loosen, by two pairs each; three of two admins
    }

    [Fact]
    public async Task Each_role_but_a_viewer_stops_and_each_opens_sessions_and_streams()
    {
        foreach (var (name, role) in await Persons())
        {
            await Resumed();
            var stopped = await Post("/v1/stop", new { op = "stop", scope = "global", reason = "test" });
            var expected = role == "viewer" ? (403, "role_denied", false) : (202, "", true);
            Assert.Equal(expected, (stopped.Status, stopped.Code, await control.IsStopped()));
            var opened = await Post("/v1/sessions", new { op = "session.open" });
            Assert.True(opened is { Status: 200 } && opened.Text("token").Length > 0, $"{role}: {opened}");
            var ticket = await Post("/v1/stream/tickets", new { op = "stream.ticket" });
            Assert.True(ticket is { Status: 200 } && ticket.Text("ticket").Length > 0, $"{role}: {ticket}");
            var session = $"session of {role}";
            var x = System.Buffers.Text.Base64Url.EncodeToString(control.NewKey(session).ToArray());
            var created = await Post("/v1/sessions", new { op = "session.create", x, roles = new[] { role } });
            Assert.True(created.Status == 202, $"{role}: {created}");
            var ping = await control.Command(session, new { op = "ping" });
            Assert.Equal(role == "viewer" ? (403, "role_denied") : (202, ""), (ping.Status, ping.Code));

            Task<ControlHost.Answer> Post(string path, object command) =>
                control.Send(control.Sign(name, command, path: path));
        }
        await Resumed();
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

    private static string Expected(CommandClass @class, string role) => (@class, role) switch
    {
        (CommandClass.Tightening, "operator" or "risk" or "admin") => "does",
        (CommandClass.Loosening, "operator" or "risk") => "two_person_required",
        (CommandClass.Administration, "admin") => "two_person_required",
        (CommandClass.OutsideAddress, "admin" or "risk") => "two_person_required",
        _ => "role_denied",
    };

    private static bool MayPropose(CommandClass @class, string role) => (@class, role) is
        (CommandClass.Loosening, "operator" or "risk") or (CommandClass.Administration, "admin")
        or (CommandClass.OutsideAddress, "admin" or "risk");

    private static bool IsNotCarriedOut(ControlHost.Answer answer) =>
        (answer.Status, answer.Code) == (422, "command_invalid")
        && answer.Body.Contains(RoleCell.NotCarriedOut, StringComparison.Ordinal);

    private static bool IsOfRoles(string op) => CommandCatalog.ClassOf(op, CommandEndpoints.Commands)
        is not (CommandClass.Unknown or CommandClass.TwoPersons or CommandClass.Possession);

    private static IEnumerable<(string Op, CommandClass Class)> Classes() =>
        CommandCatalog.Names.Where(IsOfRoles).Order(StringComparer.Ordinal)
            .Select(op => (op, CommandCatalog.ClassOf(op, CommandEndpoints.Commands)));

    private async Task<IReadOnlyList<(string Name, string Role)>> Persons(bool isSecond = false)
    {
        var viewer = await control.Viewer();
        return isSecond
            ? [(viewer, "viewer"), ("operator-9", "operator"), ("risk-9", "risk"), ("admin-2", "admin")]
            : [(viewer, "viewer"), ("operator-1", "operator"), ("risk-1", "risk"), ("admin-1", "admin")];
    }

    private async Task Second(string role) =>
        await control.Register($"{role}-9", role, control.NewKey($"{role}-9"));

    /// <summary>Whatever the cells before left stopped or frozen.</summary>
    private async Task Resumed()
    {
        if (await control.IsStopped())
        {
            var version = $"{await control.PolicyVersion() + 1}";
            var resumed = await control.ByTwo(
                "operator-1", "risk-1", new { op = "resume", version, reason = "test" });
            Assert.True(resumed.Status == 202, $"{resumed}");
        }
        var thawed = await control.ByTwo(
            "operator-1", "risk-1", new { op = "strategy.thaw", strategy = "arb-1", reason = "test" });
        Assert.True(thawed.Status == 202, $"{thawed}");
    }
}
