using System.Collections.Frozen;
using Mev.Control.Keys;

namespace Mev.Control.Commands;

/// <summary>
/// Verifies signed commands of the profile <c>mev-cmd-v1</c>: a function of what was received, the registry as of now,
/// and the time. The first check that fails is the answer.
/// </summary>
/// <param name="authorities">Hosts that commands of this cluster are addressed to, in lower case.</param>
public sealed class CommandVerifier(IEnumerable<string> authorities)
{
    /// <summary>A command lives at most this long, seconds.</summary>
    public const int LifetimeMaxSeconds = 60;

    /// <summary>What a command may wait on its way to the grain that executes it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>How far a command may come from the future, milliseconds.</summary>
    public const int AheadMaxMs = 2_000;

    private readonly FrozenSet<string> _authorities = authorities.ToFrozenSet();

    private const int MsOfSecond = 999;

    /// <summary>At the gateway.</summary>
    public CommandVerdict Verify(CommandRequest request, ICommandKeys keys, DateTimeOffset now) =>
        RequestReader.Read(request, _authorities, out var refusal) is { } envelope
            ? Verify(envelope, keys, now, grace: TimeSpan.Zero)
            : CommandVerdict.Of(refusal!);

    /// <summary>
    /// In the grain that executes it. <paramref name="grace"/> is what it may have waited on its way, at most
    /// <see cref="Grace"/>.
    /// </summary>
    public CommandVerdict Verify(SignedCommand command, ICommandKeys keys, DateTimeOffset now, TimeSpan grace) =>
        EnvelopeReader.Read(command, _authorities, out var refusal) is { } envelope
            ? Verify(envelope, keys, now, grace)
            : CommandVerdict.Of(refusal!);

    /// <summary>The id that signed bytes name, verified or not; null when they are no command.</summary>
    public static Guid? IdOf(SignedCommand command) =>
        EnvelopeReader.Read(command, authorities: null, out _)?.CommandId;

    /// <summary>
    /// Of a record of the log, as of its time: a gateway of the cluster took it, whatever it was called by then.
    /// </summary>
    public static CommandVerdict VerifyRecorded(SignedCommand command, ICommandKeys keys, DateTimeOffset recorded) =>
        EnvelopeReader.Read(command, authorities: null, out var refusal) is { } envelope
            ? Verify(envelope, keys, recorded, Grace)
            : CommandVerdict.Of(refusal!);

    // Steps 4 to 7 of the specification's order.
    private static CommandVerdict Verify(
        CommandEnvelope envelope, ICommandKeys keys, DateTimeOffset now, TimeSpan grace)
    {
        var registry = keys.KeysFor(envelope.Path, now.ToUnixTimeMilliseconds());
        if (registry.Find(envelope.KeyId) is not { } key) return CommandVerdict.Of(CommandRefusal.KeyUnknown);
        var (created, expires) = (envelope.Parameters.Created, envelope.Parameters.Expires);
        // 'created' has whole seconds: a key that was there in some part of it was there when the command was made
        var wasUsable = key.IsUsable(created * 1_000) || key.IsUsable(created * 1_000 + MsOfSecond);
        if (!wasUsable || !key.IsUsable(now.ToUnixTimeMilliseconds()))
            return CommandVerdict.Of(CommandRefusal.KeyInactive);
        if (CheckClock(created, expires, now.ToUnixTimeMilliseconds(), grace) is { } untimely)
            return CommandVerdict.Of(untimely);
        var signed = envelope.Signed;
        if (!Signatures.ContentDigest.IsOf(envelope.ContentDigest, signed.Body.Span))
            return CommandVerdict.Of(CommandRefusal.DigestMismatch);
        if (!key.PublicKey.Verifies(signed.SignatureBase.Span, signed.Signature.Span))
            return CommandVerdict.Of(CommandRefusal.SignatureInvalid);
        return CommandVerdict.Of(new VerifiedCommand
        {
            Envelope = signed,
            Path = envelope.Path,
            CommandId = envelope.CommandId,
            Key = key,
            Created = created,
            Expires = expires,
            Nonce = envelope.Parameters.Nonce,
        });
    }

    private static CommandRefusal? CheckClock(long created, long expires, long nowMs, TimeSpan grace)
    {
        if (created * 1_000 > nowMs + AheadMaxMs) return CommandRefusal.CreatedInFuture;
        if (expires <= created || nowMs > expires * 1_000 + (long)grace.TotalMilliseconds)
            return CommandRefusal.SignatureExpired;
        return expires - created > LifetimeMaxSeconds ? CommandRefusal.LifetimeTooLong : null;
    }
}
