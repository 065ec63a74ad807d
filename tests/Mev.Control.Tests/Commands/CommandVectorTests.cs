using System.Security.Cryptography;
using System.Text;
using Mev.Control.Commands;
using Mev.Control.Signatures;
using Mev.Control.StructuredFields;
using Mev.Control.Tests.Signatures;

namespace Mev.Control.Tests.Commands;

/// <summary>The profile's own vectors (specs: commands, section 13, V4 and V5).</summary>
public sealed class CommandVectorTests
{
    [Fact]
    public void V4_has_the_published_base_and_signature()
    {
        var request = Requests.Signed().WithHeader("idempotency-key", "\"01JDABC\"");
        var entry = FieldParser.Dictionary(request.Header("signature-input"))!.Value[0];
        var bytes = SignedBytes.Write(
            (FieldInnerList)entry.Member, entry.Received,
            new RequestComponents("POST", Requests.Authority, request.Target, request.Headers).Value)!;
        using var key = TestKey.Rfc9421();

        Assert.Equal(474, bytes.Length);
        Assert.Equal(
            "86d709ebf7a31a121da519887f45426d5d0e6f98ed7c0a1fc96ad74efa5dcf2b",
            Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(
            "qYL+O08iFWYjH1RFAg4uxuLFS46Q3E2Q7tt0OKRn3ygeuGZFoTTgfRzCeRl7yyOLb58ZZErb1f99W/4D+zYKDg==",
            Convert.ToBase64String(key.Sign(bytes)));
    }

    [Fact]
    public void V5_has_the_published_base_and_signature_and_is_verified()
    {
        var verdict = Requests.Verify(Requests.Signed());

        Assert.True(verdict.IsVerified, verdict.Refusal?.ToString());
        Assert.Equal(503, verdict.Command.Envelope.SignatureBase.Length);
        Assert.Equal(
            "5d9c299c8158636cd8e86ad687751dd78d20abd0e1fbd453b1efae38e7b24bc7",
            Convert.ToHexStringLower(SHA256.HashData(verdict.Command.Envelope.SignatureBase.Span)));
        Assert.Equal(
            "nk+gHzCLOQZt6SRGPoBW/LPzX3yB4CkW8swpEPeWB0DeO+u7sksmErq/yL2xQORJFGvOjWqdx61T+SwXkY8UDw==",
            Convert.ToBase64String(verdict.Command.Envelope.Signature.Span));
    }

    [Fact]
    public void A_verified_command_says_who_and_what()
    {
        var command = Requests.Verify(Requests.Signed()).Command!;

        Assert.Equal("operator-1", command.Key.Principal.Name);
        Assert.Equal(Requests.CommandId, command.CommandId);
        Assert.Equal("AAECAwQFBgcICQoLDA0ODw", command.Nonce);
        Assert.Equal((1_763_856_000, 1_763_856_030), (command.Created, command.Expires));
        Assert.Equal("strategy.pause", CommandBody.Read(command.Envelope.Body, command.Path)!.Name);
        Assert.Equal(Requests.Body, command.Envelope.Body.ToArray());
        Assert.StartsWith("\"@method\": POST\n", Encoding.UTF8.GetString(command.Envelope.SignatureBase.Span));
    }
}
