using System.Globalization;
using Mev.Control.Commands;

namespace Mev.Integration.Tests.Control;

/// <summary>What takes two persons, over HTTP to a real host.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class TwoPersonTests(ControlHost control)
{
    private static readonly string[] Viewer = ["viewer"];

    [Fact]
    public async Task One_stops_and_two_resume()
    {
        Assert.Equal(202, (await Stop()).Status);
        Assert.True(await control.IsStopped());
        var alone = await control.Command("risk-1", await Resume());
        Assert.Equal((403, "two_person_required"), (alone.Status, alone.Code));

        var proposed = await control.Propose("operator-1", await Resume());
        Assert.Equal((202, "Open"), (proposed.Status, proposed.Text("proposal_status")));
        Assert.True(await control.IsStopped());
        var approved = await control.Approve("risk-1", proposed);

        Assert.Equal((202, "Executed"), (approved.Status, approved.Text("proposal_status")));
        Assert.False(await control.IsStopped());
        var again = await control.Approve("risk-1", proposed);
        Assert.Equal((409, "proposal_state"), (again.Status, again.Code));
    }

    [Fact]
    public async Task The_second_person_is_another_one_of_the_right_role_who_signs_the_very_hash()
    {
        var (_, proposed) = (await Stop(), await control.Propose("risk-1", await Resume()));
        var second = control.NewKey("risk-1 b");
        await control.AddKey("risk-1", second);
        proposed = await control.Propose("risk-1", await Resume());
        Assert.Equal(202, (await control.Command("risk-1 b", new { op = "key.confirm" })).Status);

        (ControlHost.Answer Answer, int Status, string Code)[] refused =
        [
            (await control.Approve("risk-1", proposed), 403, "two_person_required"),
            (await control.Approve("risk-1 b", proposed), 403, "two_person_required"), // her other key
            (await control.Approve("operator-1", proposed), 403, "role_denied"),
            (await control.Approve("admin-1", proposed), 403, "role_denied"),
            (await control.Approve(await control.Viewer(), proposed), 403, "role_denied"),
        ];

        Assert.All(refused, each => Assert.Equal((each.Status, each.Code), (each.Answer.Status, each.Answer.Code)));
        Assert.True(await control.IsStopped());
        await ResumeByTwo();
    }

    [Fact]
    public async Task A_wrong_hash_approves_nothing_and_the_right_one_still_does()
    {
        await Stop();
        var proposed = await control.Propose("operator-1", await Resume());

        var wrong = await control.Approve("risk-1", proposed, new string('0', 64));
        Assert.Equal((422, "command_invalid"), (wrong.Status, wrong.Code));
        Assert.Equal(202, (await control.Approve("risk-1", proposed)).Status);
    }

    [Fact]
    public async Task Another_policy_voids_a_proposal()
    {
        await Stop();
        var proposed = await control.Propose("operator-1", await Resume());
        await Stop(); // another stop, which this resume must not clear

        var late = await control.Approve("risk-1", proposed);

        Assert.Equal((409, "proposal_state"), (late.Status, late.Code));
        Assert.True(await control.IsStopped());
        await ResumeByTwo();
    }

    [Fact]
    public async Task A_role_that_was_lost_meanwhile_approves_nothing()
    {
        await control.Register("operator-4", "operator", control.NewKey("operator-4"));
        await Stop();
        var proposed = await control.Propose("operator-4", await Resume());
        var lost = await control.ByTwo("admin-1", "admin-2", new
        {
            op = "role.set",
            principal = "operator-4",
            roles = Viewer,
            reason = "left",
        });
        Assert.Equal(202, lost.Status);

        var approved = await control.Approve("risk-1", proposed);

        Assert.Equal((403, "role_denied"), (approved.Status, approved.Code));
        Assert.True(await control.IsStopped());
        await ResumeByTwo();
    }

    [Fact]
    public async Task A_proposal_is_refused_by_who_might_approve_it_and_withdrawn_by_who_made_it()
    {
        await Stop();
        var refused = await control.Propose("operator-1", await Resume());
        var withdrawn = await control.Propose("operator-1", await Resume());

        Assert.Equal("Refused", (await Answer("risk-1", "refuse", refused)).Text("proposal_status"));
        Assert.Equal(403, (await Answer("operator-1", "refuse", withdrawn)).Status);
        Assert.Equal(403, (await Answer("risk-1", "withdraw", withdrawn)).Status);
        Assert.Equal("Withdrawn", (await Answer("operator-1", "withdraw", withdrawn)).Text("proposal_status"));
        Assert.Equal(409, (await control.Approve("risk-1", refused)).Status);
        await ResumeByTwo();
    }

    [Fact]
    public async Task A_limit_goes_the_looser_way_by_two_persons_only_whatever_the_command_is_called()
    {
        var version = await control.PolicyVersion();
        object Looser(string op) => new
        {
            op,
            version = $"{version + 1}",
            limits = new { open_submissions_max = "1000" },
            reason = "test",
        };

        var alone = await control.Command("operator-1", Looser("limit.tighten"));
        Assert.Equal((403, "two_person_required"), (alone.Status, alone.Code));
        Assert.Equal(version, await control.PolicyVersion());
        var done = await control.ByTwo("operator-1", "risk-1", Looser("limit.loosen"));

        Assert.Equal((202, $"{version + 1}"), (done.Status, done.Text("version")));
        Assert.Equal(1000, (await control.Host.Get("/v1/policy")).GetProperty("policy")
            .GetProperty("openSubmissionsMax").GetInt32());
    }

    [Fact]
    public async Task Of_what_a_strategy_learns_one_freezes_and_two_thaw_or_reset()
    {
        var frozen = await control.Command(
            "operator-1", new { op = "strategy.freeze", strategy = "arb-1", reason = "odd" });
        Assert.True(frozen.Status == 202, $"{frozen}");
        Assert.Equal("FrozenByOperator", await Learning());
        var thawed = await control.ByTwo(
            "operator-1", "risk-1", new { op = "strategy.thaw", strategy = "arb-1", reason = "explained" });
        Assert.True(thawed.Status == 202, $"{thawed}");
        var epoch = await Epoch();
        object reset = new { op = "strategy.reset", strategy = "arb-1", epoch = $"{epoch + 1}", reason = "anew" };
        Assert.Equal(202, (await control.ByTwo("risk-1", await OtherRisk(), reset)).Status);
        Assert.Equal(epoch + 1, await Epoch());

        var stale = await control.ByTwo("operator-1", "risk-1", new
        {
            op = "strategy.reset",
            strategy = "arb-1",
            epoch = $"{epoch + 3}",
            reason = "anew",
        });
        Assert.Equal((409, "version_conflict"), (stale.Status, stale.Code));
        var unknown = await control.Command(
            "operator-1", new { op = "strategy.freeze", strategy = "no-such", reason = "odd" });
        Assert.Equal((422, "command_invalid"), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task Genesis_happens_once()
    {
        var again = await control.Send(control.Sign(
            "admin-1", new { op = "genesis.propose", initial_b64 = Convert.ToBase64String("{}"u8) },
            path: CommandEndpoints.Genesis));
        Assert.InRange(again.Status, 409, 422);
    }

    private async Task<string> OtherRisk()
    {
        await control.Register("risk-2", "risk", control.NewKey("risk-2"));
        return "risk-2";
    }

    private Task<ControlHost.Answer> Stop() => control.Send(control.Sign(
        "operator-1", new { op = "stop", scope = "global", reason = "test" }, path: CommandEndpoints.Stop));

    private async Task<object> Resume() => new
    {
        op = "resume",
        version = $"{await control.PolicyVersion() + 1}",
        reason = "understood",
    };

    private async Task ResumeByTwo()
    {
        Assert.Equal(202, (await control.ByTwo("operator-1", "risk-1", await Resume())).Status);
        Assert.False(await control.IsStopped());
    }

    private Task<ControlHost.Answer> Answer(string name, string verb, ControlHost.Answer proposed) =>
        control.Command(name, new { op = $"proposal.{verb}", proposal = proposed.Text("proposal") });

    private async Task<string?> Learning() =>
        (await control.Host.Get("/v1/strategies/arb-1")).GetProperty("strategy").GetProperty("learning")
        .GetProperty("state").GetString();

    private async Task<long> Epoch() => long.Parse(
        (await control.Host.Get("/v1/strategies/arb-1")).GetProperty("strategy").GetProperty("parameters")
        .GetProperty("epoch").GetString()!, CultureInfo.InvariantCulture);
}
