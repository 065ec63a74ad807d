using System.Text;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Tests.Keys;
using Mev.Control.Tests.Signatures;

namespace Mev.Control.Tests.Commands;

/// <summary>The checks in their order, each with its code and status.</summary>
public sealed class CommandVerifierTests
{
    private static readonly CommandRequest Signed = Requests.Signed();

    private static string Input => Signed.Header("signature-input");

    [Fact]
    public void Form_comes_first()
    {
        Refused(Signed with { Body = new byte[CommandRequest.BodyBytesMax + 1] }, CommandRefusal.BodyTooLarge);
        Refused(Signed with { Method = "PUT" }, CommandRefusal.MethodNotAllowed);
        Refused(Signed with { Method = "post" }, CommandRefusal.MethodNotAllowed);
        Refused(Signed.WithHeader("content-type"), CommandRefusal.MediaTypeNotSupported);
        Refused(Signed.WithHeader("content-type", "application/json; charset=utf-8"),
            CommandRefusal.MediaTypeNotSupported);
        Refused(Signed.WithHeader("content-type", "application/json", "application/json"),
            CommandRefusal.MediaTypeNotSupported);
        foreach (var target in new[] { "/v1/commands?", "/v1/commands?a=1", "/v1/%63ommands", "/v1/commands/", "" })
            Refused(Signed with { Target = target }, CommandRefusal.MalformedRequest);
    }

    [Theory]
    [InlineData("content-digest", "sha-256=:AA==:")]
    [InlineData("content-digest", "sha-512=:AA==:")]
    [InlineData("idempotency-key", "019aae02-a400-7000-8000-000000000001")] // no string
    [InlineData("idempotency-key", "\"019AAE02-a400-7000-8000-000000000001\"")] // another spelling
    [InlineData("idempotency-key", "\"019aae02-a400-4000-8000-000000000001\"")] // version 4
    [InlineData("idempotency-key", "\"019aae02-a400-7000-c000-000000000001\"")] // another variant
    [InlineData("idempotency-key", "\"01JDABC\"")]
    [InlineData("idempotency-key", "\"019aae02-a400-7000-8000-000000000001\";a")]
    [InlineData("idempotency-key", "\"019aae02-a400-7000-8000-000000000001\", \"b\"")]
    [InlineData("idempotency-key", "\"019aae02-a400-7000-8000-\r\n 000000000001\"")]
    [InlineData("signature-input", "cmd=(")]
    [InlineData("signature", "cmd=:A:")]
    public void A_header_that_cannot_be_read_is_malformed(string name, string value) =>
        Refused(Signed.WithHeader(name, value), CommandRefusal.MalformedRequest);

    [Theory]
    [InlineData("content-digest")]
    [InlineData("idempotency-key")]
    public void A_covered_header_stands_once(string name)
    {
        Refused(Signed.WithHeader(name), CommandRefusal.MalformedRequest);
        Refused(
            Signed.WithHeader(name, Signed.Header(name), Signed.Header(name)), CommandRefusal.MalformedRequest);
    }

    [Fact]
    public void An_unsigned_command_is_told_so()
    {
        Refused(Signed.WithHeader("signature-input"), CommandRefusal.SignatureMissing);
        Refused(Signed.WithHeader("signature"), CommandRefusal.SignatureMissing);
        Refused(Signed.WithHeader("signature", "other=:AA==:"), CommandRefusal.SignatureMissing);
        Refused(Signed.WithHeader("signature-input", Input.Replace("mev-cmd-v1", "mev-cmd-v2")),
            CommandRefusal.SignatureMissing);
        var bare = Signed with { Headers = [new("Content-Type", "application/json")] };
        Refused(bare, CommandRefusal.SignatureMissing);
        Assert.Equal(401, CommandRefusal.SignatureMissing.Status);
    }

    public static TheoryData<string, string> OtherProfiles => new()
    {
        { "\"@method\" ", "" },
        { "\"@method\"", "\"@target-uri\"" },
        { "\"@method\"", "\"@method\" \"@scheme\"" },
        { "\"@method\"", "\"@method\" \"@method\"" },
        { "\"@method\"", "\"@method\";req" },
        { "\"content-digest\"", "\"Content-Digest\"" },
        { ";created=1763856000", "" },
        { ";created=1763856000", ";created=\"1763856000\"" },
        { ";created=1763856000", ";created=-1" },
        { ";created=1763856000", ";created=01763856000" }, // not its one form
        { ";created=1763856000", ";created=1;created=1763856000" },
        { ";expires=1763856030", "" },
        { ";nonce=\"AAECAwQFBgcICQoLDA0ODw\"", "" },
        { "AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODx" }, // other bits after the bytes
        { "AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODw==" },
        { "AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0" },
        { "alg=\"ed25519\"", "alg=\"rsa-v1_5-sha256\"" },
        { "alg=\"ed25519\"", "alg=ed25519" },
        { ";alg=\"ed25519\"", "" },
        { ";tag=", ";more;tag=" },
        { "poqkLGiymh", "poqkLGiym" },
    };

    [Theory]
    [MemberData(nameof(OtherProfiles))]
    public void Other_components_or_parameters_are_another_profile(string from, string to) => Refused(
        Signed.WithHeader("signature-input", Input.Replace(from, to)), CommandRefusal.SignatureProfile);

    [Fact]
    public void Exactly_one_signature_of_at_most_four_is_ours()
    {
        var strangers = string.Concat(Enumerable.Range(0, 3).Select(i => $", s{i}=(\"@method\");tag=\"other\""));
        var others = string.Concat(Enumerable.Range(0, 3).Select(i => $", s{i}=:AA==:"));
        var four = Signed.WithHeader("signature-input", Input + strangers)
            .WithHeader("signature", Signed.Header("signature") + others);

        Assert.True(Requests.Verify(four).IsVerified);
        Refused(
            four.WithHeader("signature-input", Input + strangers + ", s4=()"), CommandRefusal.SignatureProfile);
        Refused(
            Signed.WithHeader("signature-input", $"{Input}, b{Input[3..]}"), CommandRefusal.SignatureProfile);
        Refused(Signed.WithHeader("signature", "cmd=\"a\""), CommandRefusal.SignatureProfile);
        Refused(Signed.WithHeader("signature", Signed.Header("signature") + ";a"), CommandRefusal.SignatureProfile);
    }

    [Theory]
    [InlineData("gw.example", true)]
    [InlineData("GW.Example", true)]
    [InlineData("gw.example:443", true)]
    [InlineData("gw.example:80", true)]
    [InlineData("gw.example:8080", false)]
    [InlineData("gw.example.", false)]
    [InlineData("other.example", false)]
    [InlineData("", false)]
    [InlineData(":443", false)]
    public void The_cluster_is_one_of_the_allowed_ones(string host, bool isAllowed)
    {
        var verdict = Requests.Verify(Signed with { Host = host });

        Assert.Equal(isAllowed ? null : CommandRefusal.AuthorityNotAllowed, verdict.Refusal);
    }

    [Fact]
    public void A_command_for_one_cluster_fails_at_another() => Refused(
        Requests.Signed(authority: "other.example:8443") with { Host = Requests.Authority },
        CommandRefusal.SignatureInvalid);

    [Fact]
    public void A_command_for_one_endpoint_fails_at_another() =>
        Refused(Signed with { Target = CommandEndpoints.Stop }, CommandRefusal.SignatureInvalid);

    [Fact]
    public void The_key_is_known_and_active_then_and_now()
    {
        using var key = TestKey.Rfc9421();
        var id = key.PublicKey.Id;
        Assert.Equal(CommandRefusal.KeyUnknown, With(Registries.Admins()));
        Assert.Equal(CommandRefusal.KeyInactive, With(
            Requests.Registry.With(new KeyEvent.KeyRevoked(id, Registries.NowMs))));
        Assert.Equal(CommandRefusal.KeyInactive, With( // revoked later than made, before now
            Requests.Registry.With(new KeyEvent.KeyRevoked(id, Registries.NowMs + 500)), afterMs: 600));
        Assert.Null(With(Requests.Registry.With(new KeyEvent.KeyRevoked(id, Registries.NowMs + 500)), afterMs: 400));
        Assert.Null(With(AddedAfter(1), afterMs: 10)); // in the second in which it was made
        Assert.Equal(CommandRefusal.KeyInactive, With(AddedAfter(1_000), afterMs: 1_010));
        Assert.Null(With( // not confirmed: what it may do is another question
            Registries.Admins()
                .With(new KeyEvent.RolesSet(Registries.Principal("a"), Roles.Viewer, Registries.NowMs))
                .With(new KeyEvent.KeyAdded(Registries.Key("a", key.PublicKey)))));

        KeyRegistry AddedAfter(int ms) => Registries.Admins()
            .With(new KeyEvent.RolesSet(Registries.Principal("a"), Roles.Viewer, Registries.NowMs))
            .With(new KeyEvent.KeyAdded(
                Registries.Key("a", key.PublicKey) with { AddedMs = Registries.NowMs + ms }));

        static CommandRefusal? With(KeyRegistry registry, int afterMs = 0) =>
            Requests.Verifier.Verify(Signed, registry, Requests.Now.AddMilliseconds(afterMs)).Refusal;
    }

    [Theory]
    [InlineData(-2_000, 30, null)]
    [InlineData(-2_001, 30, "created_in_future")]
    [InlineData(30_000, 30, null)]
    [InlineData(30_001, 30, "signature_expired")]
    [InlineData(60_000, 60, null)]
    [InlineData(0, 61, "lifetime_too_long")]
    [InlineData(0, 0, "signature_expired")]
    [InlineData(0, -1, "signature_expired")]
    public void A_command_has_its_time(int nowMs, int lifetimeSeconds, string? code) => Assert.Equal(
        code,
        Requests.Verify(
            Requests.Signed(lifetimeSeconds: lifetimeSeconds), Requests.Now.AddMilliseconds(nowMs)).Refusal?.Code);

    [Fact]
    public void The_body_is_the_one_that_was_signed() =>
        Refused(Signed with { Body = Encoding.UTF8.GetBytes("{}") }, CommandRefusal.DigestMismatch);

    [Fact]
    public void The_key_signed_it()
    {
        using var other = TestKey.Of(1);
        var forged = Convert.ToBase64String(other.Sign("x"u8));

        Refused(Signed.WithHeader("signature", $"cmd=:{forged}:"), CommandRefusal.SignatureInvalid);
        Refused(Signed.WithHeader("signature", "cmd=:AA==:"), CommandRefusal.SignatureInvalid);
    }

    [Fact]
    public void The_order_of_the_components_is_the_signers()
    {
        using var key = TestKey.Rfc9421();
        var input = Input.Replace("\"@method\" \"@authority\"", "\"@authority\" \"@method\"");
        var bytes = Encoding.UTF8.GetString(Requests.Verify(Signed).Command!.Envelope.SignatureBase.Span)
            .Replace(
                "\"@method\": POST\n\"@authority\": gw.example\n",
                "\"@authority\": gw.example\n\"@method\": POST\n")
            .Replace(Input[4..], input[4..]);
        var signature = Convert.ToBase64String(key.Sign(Encoding.UTF8.GetBytes(bytes)));

        Assert.True(Requests.Verify(
            Signed.WithHeader("signature-input", input).WithHeader("signature", $"cmd=:{signature}:")).IsVerified);
    }

    private static void Refused(CommandRequest request, CommandRefusal expected) =>
        Assert.Equal(expected, Requests.Verify(request).Refusal);
}
