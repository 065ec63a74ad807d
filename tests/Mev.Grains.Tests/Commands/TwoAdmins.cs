using System.Buffers.Text;
using System.Text;
using Mev.Control.Commands;
using Mev.Control.Signatures;
using Mev.Control.Starts;
using Mev.Domain.Chain;
using Mev.Grains.Abstractions.Commands;

namespace Mev.Grains.Tests.Commands;

/// <summary>The two persons of a trust root, and the commands with which they begin its cluster.</summary>
internal static class TwoAdmins
{
    public const string Authority = "gw.example";

    private static readonly byte[] Initial;

    static TwoAdmins()
    {
        Initial = Encoding.UTF8.GetBytes(
            "{\"principals\":[" + Principal("ada", Ada) + "," + Principal("bob", Bob)
            + "],\"limits\":{\"open_submissions_max\":3}}");
        var file = Encoding.UTF8.GetBytes(
            "{\"version\":1,\"threshold\":2,\"admins\":[" + Admin("ada", Ada) + "," + Admin("bob", Bob) + "]}");
        Terms = new ControlTerms
        {
            Root = TrustRoot.Read(file, Digest.Of(file)),
            IsDevelopmentRoot = true,
            Authorities = [Authority],
        };
    }

    public static Ed25519PrivateKey Ada { get; } = new(Digest.Of("ada"u8).ToArray());

    public static Ed25519PrivateKey Bob { get; } = new(Digest.Of("bob"u8).ToArray());

    public static ControlTerms Terms { get; }

    /// <summary>The first registry, and at most three open submissions.</summary>
    public static string Proposal =>
        "{\"op\":\"genesis.propose\",\"initial_b64\":\"" + Convert.ToBase64String(Initial) + "\"}";

    public static string Approval =>
        "{\"op\":\"genesis.approve\",\"initial_sha256\":\"" + Digest.Of(Initial) + "\"}";

    public static SignedEnvelope Sign(Ed25519PrivateKey key, string path, string body)
    {
        var now = TimeProvider.System.GetUtcNow();
        var request = new CommandSigner(key, Authority).Sign(
            path, Encoding.UTF8.GetBytes(body), Guid.CreateVersion7(now), Guid.CreateVersion7(now).ToByteArray(),
            now.ToUnixTimeSeconds());
        string Header(string name) => request.Headers.Single(line => line.Name == name).Value;
        var text = $"\"@method\": POST\n\"@authority\": {Authority}\n\"@path\": {path}\n\"@query\": ?\n"
            + $"\"content-digest\": {Header("content-digest")}\n\"content-type\": application/json\n"
            + $"\"idempotency-key\": {Header("idempotency-key")}\n"
            + $"\"@signature-params\": {Header("signature-input")["cmd=".Length..]}";
        return new SignedEnvelope
        {
            SignatureBase = Encoding.UTF8.GetBytes(text),
            Signature = Convert.FromBase64String(Header("signature")["cmd=:".Length..^1]),
            Body = request.Body,
        };
    }

    private static string Principal(string name, Ed25519PrivateKey key) =>
        "{\"name\":\"" + name + "\",\"roles\":[\"admin\"],\"keys\":[{\"x\":\"" + X(key) + "\"}]}";

    private static string Admin(string name, Ed25519PrivateKey key) =>
        $$"""{"name":"{{name}}","keyid":"{{key.PublicKey.Id}}","x":"{{X(key)}}"}""";

    private static string X(Ed25519PrivateKey key) => Base64Url.EncodeToString(key.PublicKey.ToArray());
}
