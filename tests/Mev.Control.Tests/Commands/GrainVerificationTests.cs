using System.Text;
using Mev.Control.Commands;
using Mev.Control.Tests.Keys;
using Mev.Control.Tests.Signatures;

namespace Mev.Control.Tests.Commands;

/// <summary>What a grain verifies again, whoever calls it.</summary>
public sealed class GrainVerificationTests
{
    private static SignedCommand Signed => Requests.Verify(Requests.Signed()).Command!.Envelope;

    [Theory]
    [InlineData(30_000, 0, null)]
    [InlineData(30_001, 0, "signature_expired")]
    [InlineData(40_000, 10, null)]
    [InlineData(40_001, 10, "signature_expired")]
    public void A_command_may_wait_on_its_way_for_the_grace(int nowMs, int graceSeconds, string? code) => Assert.Equal(
        code,
        Requests.Verifier.Verify(
            Signed, Requests.Registry, Requests.Now.AddMilliseconds(nowMs), TimeSpan.FromSeconds(graceSeconds))
            .Refusal?.Code);

    [Fact]
    public void A_foreign_key_is_refused() => Assert.Equal(
        CommandRefusal.KeyUnknown,
        Requests.Verifier.Verify(Signed, Registries.Admins(), Requests.Now, TimeSpan.Zero).Refusal);

    [Theory]
    [InlineData("\"@method\": POST", "\"@method\": GET", "malformed_request")]
    [InlineData("\"@query\": ?", "\"@query\": ?a=1", "malformed_request")]
    [InlineData("\"@path\": /v1/commands", "\"@path\": /v1/other", "malformed_request")]
    [InlineData("\"content-type\": application/json", "\"content-type\": text/plain", "malformed_request")]
    [InlineData("\"@authority\": gw.example", "\"@authority\": else.example", "authority_not_allowed")]
    [InlineData("tag=\"mev-cmd-v1\"", "tag=\"mev-rcpt-v1\"", "signature_profile")]
    [InlineData("\"@query\": ?\n", "", "malformed_request")]
    [InlineData("\"@query\": ?\n", "\"@query\": ?\n\"@query\": ?\n", "malformed_request")]
    public void A_base_that_the_gateway_would_not_write_is_refused_although_it_is_signed(
        string from, string to, string code)
    {
        using var key = TestKey.Rfc9421();
        var text = Encoding.UTF8.GetString(Signed.SignatureBase.Span).Replace(from, to);
        var bytes = Encoding.UTF8.GetBytes(text);
        var forged = new SignedCommand(bytes, key.Sign(bytes), Signed.Body);

        Assert.Equal(
            code, Requests.Verifier.Verify(forged, Requests.Registry, Requests.Now, TimeSpan.Zero).Refusal?.Code);
    }

    [Fact]
    public void Sizes_are_bounded_before_anything_is_read()
    {
        Assert.Equal(CommandRefusal.MalformedRequest, Refusal(Signed with
        {
            SignatureBase = new byte[SignedCommand.SignatureBaseBytesMax + 1],
        }));
        Assert.Equal(CommandRefusal.MalformedRequest, Refusal(Signed with
        {
            Body = new byte[CommandRequest.BodyBytesMax + 1],
        }));

        static CommandRefusal? Refusal(SignedCommand signed) =>
            Requests.Verifier.Verify(signed, Requests.Registry, Requests.Now, TimeSpan.Zero).Refusal;
    }
}
