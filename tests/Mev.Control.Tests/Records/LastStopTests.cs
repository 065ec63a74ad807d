using System.Text;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Records;
using Mev.Control.Starts;
using Mev.Control.Tests.Commands;
using Mev.Control.Tests.Keys;
using Mev.Control.Tests.Signatures;
using Mev.Control.Tests.Starts;

namespace Mev.Control.Tests.Records;

/// <summary>A stop when every key of the registry has ended.</summary>
public sealed class LastStopTests
{
    private const string Stop = """{"op":"stop","scope":"global","reason":"odd fills"}""";
    private const byte Root = 1; // one of the trust root's keys
    private const long Now = Registries.NowMs;
    private const long Ended = Now + KeyRegistry.LongTermMaxMs;

    private static ControlState State { get; } =
        new(ControlTerms.None) { Start = SealedStartTests.Begun(), Keys = Requests.Registry };

    [Fact]
    public void The_keys_of_the_trust_root_stop_when_no_other_key_is_left_that_may()
    {
        Assert.Equal(CommandRefusal.KeyUnknown, Verify(State, Root, CommandEndpoints.Stop, Stop, Now).Refusal);

        var verdict = Verify(State, Root, CommandEndpoints.Stop, Stop, Ended);

        Assert.True(verdict.IsVerified);
        var judgement = CommandJudge.JudgeStop(State, verdict.Command, Ended, isDevelopment: false);
        Assert.Null(judgement.Refusal);
        Assert.IsType<CommandEffect.Stop>(judgement.Effect);
    }

    [Fact]
    public void A_viewer_alone_stops_nothing_so_the_trust_root_does()
    {
        using var viewer = TestKey.Of(7);
        var added = Registries.Key("viewer-1", viewer.PublicKey) with
        {
            AddedMs = Ended - Registries.DayMs,
            NotBeforeMs = Ended - Registries.DayMs,
            NotAfterMs = Ended + Registries.DayMs,
        };
        var state = State with
        {
            Keys = State.Keys.With(new KeyEvent.RolesSet(added.Principal, Roles.Viewer, added.AddedMs))
                .With(new KeyEvent.KeyAdded(added))
                .With(new KeyEvent.KeyConfirmed(viewer.PublicKey.Id, added.AddedMs)),
        };
        Assert.True(Verify(state, Root, CommandEndpoints.Stop, Stop, Ended).IsVerified);
        state = state with
        {
            Keys = state.Keys.With(new KeyEvent.RolesSet(added.Principal, Roles.Operator, added.AddedMs)),
        };
        Assert.False(Verify(state, Root, CommandEndpoints.Stop, Stop, Ended).IsVerified); // there is one who may
        Assert.True(Verify(state, 7, CommandEndpoints.Stop, Stop, Ended).IsVerified);
    }

    [Theory]
    [InlineData(CommandEndpoints.Commands, """{"op":"ping"}""")]
    [InlineData(CommandEndpoints.Commands, """{"op":"pool.quarantine","version":1,"pool":"x"}""")]
    [InlineData(CommandEndpoints.Sessions, """{"op":"session.open"}""")]
    public void They_do_nothing_else(string path, string body) =>
        Assert.Equal(CommandRefusal.KeyUnknown, Verify(State, Root, path, body, Ended).Refusal);

    [Fact]
    public void One_that_was_revoked_stops_nothing_either()
    {
        using var root = TestKey.Of(Root);
        var state = State with
        {
            Keys = State.Keys.With("ada", Roles.Admin, root.PublicKey)
                .With(new KeyEvent.KeyRevoked(root.PublicKey.Id, Now)),
        };
        Assert.False(Verify(state, Root, CommandEndpoints.Stop, Stop, Ended).IsVerified);
        Assert.True(Verify(state, 2, CommandEndpoints.Stop, Stop, Ended).IsVerified); // the other person's
    }

    [Theory]
    [InlineData(14, true)]
    [InlineData(15, false)]
    [InlineData(-1, false)] // it has ended
    public void A_key_is_told_of_fourteen_days_before_it_ends(int days, bool isSoon)
    {
        using var operators = TestKey.Rfc9421();
        var key = Requests.Registry.Find(operators.PublicKey.Id)!;
        Assert.Equal(isSoon, key.EndsSoon(key.NotAfterMs - days * Registries.DayMs));
        Assert.False((key with { Kind = KeyKind.Session }).EndsSoon(key.NotAfterMs));
        Assert.False((key with { RevokedMs = Now }).EndsSoon(key.NotAfterMs));
    }

    private static CommandVerdict Verify(ControlState state, byte signer, string path, string body, long nowMs)
    {
        using var key = TestKey.Of(signer);
        var request = new CommandSigner(key, Requests.Authority).Sign(
            path, Encoding.UTF8.GetBytes(body), Requests.CommandId, new byte[16], nowMs / 1_000, lifetimeSeconds: 30);
        return Requests.Verifier.Verify(request, state, DateTimeOffset.FromUnixTimeMilliseconds(nowMs));
    }
}
