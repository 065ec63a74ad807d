using System.Buffers.Text;
using System.Collections.Immutable;
using Mev.Control.Signatures;
using Mev.Control.StructuredFields;

namespace Mev.Control.Commands;

/// <summary>Makes signed requests of the profile <c>mev-cmd-v1</c>: the client's side of the verifier.</summary>
/// <param name="key">Signs them.</param>
/// <param name="authority">The cluster they are addressed to, in lower case and without a default port.</param>
public sealed class CommandSigner(Ed25519PrivateKey key, string authority)
{
    private const string Label = "cmd";

    /// <summary>A request whose signature holds until <paramref name="lifetimeSeconds"/> after its making.</summary>
    /// <param name="path">One of <see cref="CommandEndpoints"/>.</param>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="commandId">A UUIDv7; the same for a retry of the same command.</param>
    /// <param name="nonce">16 random bytes, never twice.</param>
    /// <param name="created">Unix seconds.</param>
    /// <param name="lifetimeSeconds">1 to 60.</param>
    public CommandRequest Sign(
        string path, ReadOnlyMemory<byte> body, Guid commandId, ReadOnlySpan<byte> nonce, long created,
        int lifetimeSeconds = 30)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, CommandParameters.NonceLength, nameof(nonce));
        var parameters = new CommandParameters(
            created, created + lifetimeSeconds, Base64Url.EncodeToString(nonce), key.PublicKey.Id);
        ImmutableArray<HeaderLine> covered =
        [
            new("content-digest", ContentDigest.Of(body.Span)),
            new("content-type", EnvelopeReader.MediaType),
            new("idempotency-key", $"\"{commandId}\""),
        ];
        var list = parameters.ToList();
        var signed = SignedBytes.Write(
            list, FieldWriter.Write(list), new RequestComponents("POST", authority, path, covered).Value)!;
        var signature = new FieldItem(new FieldValue.Bytes(key.Sign(signed)), FieldParameters.None);
        return new CommandRequest
        {
            Method = "POST",
            Host = authority,
            Target = path,
            Headers =
            [
                .. covered,
                new("signature-input", FieldWriter.Write([new(Label, list)])),
                new("signature", FieldWriter.Write([new(Label, signature)])),
            ],
            Body = body,
        };
    }
}
