using Mev.Control.Commands;
using Mev.Grains.Abstractions.Commands;

namespace Mev.Grains.Commands;

/// <summary>A signed command on the wire between silos, and as the verifier takes it.</summary>
internal static class SignedBytes
{
    public static SignedCommand ToCommand(this SignedEnvelope envelope) =>
        new(envelope.SignatureBase, envelope.Signature, envelope.Body);

    public static SignedEnvelope ToEnvelope(this SignedCommand command) => new()
    {
        SignatureBase = command.SignatureBase,
        Signature = command.Signature,
        Body = command.Body,
    };

    /// <summary>The very same bytes.</summary>
    public static bool IsSame(this SignedCommand one, SignedCommand? other) => other is not null
        && one.SignatureBase.Span.SequenceEqual(other.SignatureBase.Span)
        && one.Signature.Span.SequenceEqual(other.Signature.Span)
        && one.Body.Span.SequenceEqual(other.Body.Span);
}
