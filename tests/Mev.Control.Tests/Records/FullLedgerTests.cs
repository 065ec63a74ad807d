using System.Collections.Immutable;
using System.Text;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Ledger;
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

    private static VerifiedCommand Verified(string path, string body)
    {
        using var key = TestKey.Rfc9421();
        var request = new CommandSigner(key, Requests.Authority).Sign(
            path, Encoding.UTF8.GetBytes(body), Requests.CommandId, new byte[16], Now / 1_000, lifetimeSeconds: 30);
        return Requests.Verify(request).Command!;
    }

    private static ControlState State(int commands, long startedMs, bool isAnswered = true)
    {
        var state = new ControlState(ControlTerms.None) { Start = SealedStartTests.Begun(), Keys = Requests.Registry };
        return state with
        {
            Commands = ImmutableDictionary.CreateRange(Enumerable.Range(0, commands).Select(number =>
            {
                var id = new Guid(number, 0, 0, new byte[8]);
                var entry = new LedgerEntry(id, PrincipalId.Parse("operator-1")!.Value, default, startedMs);
                return KeyValuePair.Create(id, new TakenCommand
                {
                    Entry = isAnswered ? entry.Done(new LedgerAnswer(202, default)) : entry,
                    Name = "ping",
                    Offset = number,
                    LeafHash = default,
                });
            })),
        };
    }
}
