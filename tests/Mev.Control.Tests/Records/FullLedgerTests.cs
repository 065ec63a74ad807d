using System.Collections.Immutable;
using System.Text;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Ledger;
using Mev.Control.Proposals;
using Mev.Control.Records;
using Mev.Control.Starts;
using Mev.Control.Tests.Commands;
using Mev.Control.Tests.Keys;
using Mev.Control.Tests.Signatures;
using Mev.Control.Tests.Starts;

namespace Mev.Control.Tests.Records;

/// <summary>A ledger with no place left refuses commands, lets stops through, and forgets what is over.</summary>
public sealed class FullLedgerTests
{
    private const long Now = Registries.NowMs;

    [Fact]
    public void It_refuses_a_command_and_lets_a_stop_through()
    {
        var full = State(ControlState.CommandsMax, startedMs: Now - 1);
        Assert.Equal(CommandRefusal.AuditUnavailable, Judge(full, Ping).Refusal);
        Assert.Equal(CommandRefusal.AuditUnavailable, Judge(full, Stop).Refusal); // it is not recorded
        var stop = CommandJudge.JudgeStop(full, Stop, Now, isDevelopment: false);
        Assert.Null(stop.Refusal);
        Assert.IsType<CommandEffect.Stop>(stop.Effect); // and holds
    }

    /// <summary>One key fills the ledger for its owner, not for those who would revoke it.</summary>
    [Fact]
    public void Who_has_taken_all_places_of_one_person_keeps_nobody_else_out()
    {
        var mine = State(ControlState.CommandsOfPrincipalMax, Now - 1, by: "operator-1");
        var refused = Judge(mine, Ping);
        Assert.Equal(CommandRefusal.RateLimited, refused.Refusal);
        Assert.Contains("8192 commands of operator-1", refused.Detail, StringComparison.Ordinal);
        Assert.Null(Judge(State(ControlState.CommandsOfPrincipalMax - 1, Now - 1, by: "operator-1"), Ping).Refusal);
        Assert.Null(Judge(State(ControlState.CommandsOfPrincipalMax, Now - 1, by: "operator-2"), Ping).Refusal);
    }

    [Theory]
    [InlineData(10 * 60 * 1_000, ControlState.CommandsOfPrincipalMax)]
    [InlineData(10 * 60 * 1_000 + 1, 0)]
    public void Pings_give_their_places_back_after_ten_minutes(long age, int kept)
    {
        var state = State(ControlState.CommandsOfPrincipalMax, Now - age, by: "operator-1", name: "ping");
        Assert.Equal(kept, Judge(state, Ping).Next.Commands.Count);
    }

    [Fact]
    public void Sixteen_open_proposals_are_enough_for_one_person()
    {
        var state = State(0, Now);
        for (var number = 0; number <= ControlState.ProposalsOfPrincipalMax; number++)
        {
            var judgement = Judge(state, Proposing(number, Now));
            var isTooMany = number == ControlState.ProposalsOfPrincipalMax;
            Assert.Equal(isTooMany ? CommandRefusal.RateLimited : null, judgement.Refusal);
            state = judgement.Next;
        }
        var later = Now + Proposal.LifetimeMs + 1;
        Assert.Null(CommandJudge.Judge(state, Proposing(99, later), later, isDevelopment: false).Refusal);
    }

    [Fact]
    public void One_place_is_enough() =>
        Assert.Null(Judge(State(ControlState.CommandsMax - 1, startedMs: Now - 1), Ping).Refusal);

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, ControlState.CommandsMax)] // not answered, so it is still to be completed
    public void What_was_answered_a_month_ago_makes_room(bool isAnswered, int kept)
    {
        var old = State(ControlState.CommandsMax, Now - LedgerEntry.KeptMs - 1, isAnswered);
        var judgement = Judge(old, Ping);
        Assert.Equal(isAnswered ? null : CommandRefusal.AuditUnavailable, judgement.Refusal);
        Assert.Equal(kept, judgement.Next.Commands.Count);
    }

    [Fact]
    public void What_is_not_a_month_old_is_kept() => Assert.Equal(
        ControlState.CommandsMax, Judge(State(ControlState.CommandsMax, Now - LedgerEntry.KeptMs), Ping)
            .Next.Commands.Count);

    private static VerifiedCommand Ping { get; } = Verified(CommandEndpoints.Commands, """{"op":"ping"}""");

    private static VerifiedCommand Stop { get; } =
        Verified(CommandEndpoints.Stop, """{"op":"stop","scope":"global","reason":"odd fills"}""");

    private static Judgement Judge(ControlState state, VerifiedCommand command) =>
        CommandJudge.Judge(state, command, Now, isDevelopment: false);

    private static VerifiedCommand Proposing(int number, long nowMs)
    {
        var command = Convert.ToBase64String("""{"op":"strategy.thaw","strategy":"arb-1","reason":"t"}"""u8);
        return Verified(
            CommandEndpoints.Commands, $$"""{"op":"proposal.create","command_b64":"{{command}}"}""",
            new Guid(number, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]), nowMs);
    }

    private static VerifiedCommand Verified(string path, string body, Guid? id = null, long nowMs = Now)
    {
        using var key = TestKey.Rfc9421();
        var request = new CommandSigner(key, Requests.Authority).Sign(
            path, Encoding.UTF8.GetBytes(body), id ?? Requests.CommandId, new byte[16], nowMs / 1_000,
            lifetimeSeconds: 30);
        return Requests.Verify(request, DateTimeOffset.FromUnixTimeMilliseconds(nowMs)).Command!;
    }

    /// <summary>Commands of one person, or of as many as there may be.</summary>
    private static ControlState State(
        int commands, long startedMs, bool isAnswered = true, string? by = null, string name = "limit.tighten")
    {
        var state = new ControlState(ControlTerms.None) { Start = SealedStartTests.Begun(), Keys = Requests.Registry };
        return state.WithLedger(ImmutableDictionary.CreateRange(Enumerable.Range(0, commands).Select(number =>
        {
            var id = new Guid(number, 0, 0, new byte[8]);
            var principal = PrincipalId.Parse(by ?? $"person-{number % KeyRegistry.PrincipalsMax}")!.Value;
            var entry = new LedgerEntry(id, principal, default, startedMs);
            return KeyValuePair.Create(id, new TakenCommand
            {
                Entry = isAnswered ? entry.Done(new LedgerAnswer(202, default)) : entry,
                Name = name,
                Offset = number,
                LeafHash = default,
            });
        })));
    }
}
