using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Gateway.Sessions;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Sessions;
using Mev.Journal;

namespace Mev.Gateway.Commands;

/// <summary>
/// The way of a signed request: verified, its nonce taken, handed to the grain of its principal, which verifies it
/// again. The first check that fails is the answer.
/// </summary>
internal sealed class CommandDesk(
    ControlLog log, CommandVerifier verifier, NonceDesk nonces, StopDesk stops, SessionDesk sessions,
    RefusedCommands refused,
    IGrainFactory grains, TimeProvider time)
{
    public async Task<CommandAnswer> Take(CommandRequest request, string address, CancellationToken cancellationToken)
    {
        var isStop = request.Target == CommandEndpoints.Stop;
        if (await Known(isStop, cancellationToken) is not { } state)
            return Refusal(CommandRefusal.AuditUnavailable, "the journal cannot be read: no key can be trusted");
        var verdict = verifier.Verify(request, state, time.GetUtcNow());
        if (!verdict.IsVerified)
        {
            refused.Tell(null, verdict.Refusal, request.Target, address);
            return Refusal(verdict.Refusal, Words(verdict.Refusal));
        }
        var command = verdict.Command;
        // A stop waits for no store and for no client that hangs up; said twice it is one.
        if (isStop)
        {
            _ = nonces.Claim(command, CancellationToken.None).AsTask();
        }
        else if (await nonces.Claim(command, cancellationToken) is { } nonce)
        {
            refused.Tell(command.Key.PublicKey.Id, nonce, request.Target, address);
            return Refusal(nonce, Words(nonce));
        }
        var answer = isStop
            ? await stops.Take(command)
            : sessions.Take(command, state) ?? await Execute(command);
        if (answer.Code.Length > 0)
        {
            refused.Tell(
                command.Key.PublicKey.Id, new CommandRefusal(answer.Code, answer.Status), request.Target, address);
        }
        return answer;
    }

    /// <summary>The grain of its principal carries it out.</summary>
    private async Task<CommandAnswer> Execute(VerifiedCommand command)
    {
        try
        {
            return await grains.GetGrain<IOperatorSessionGrain>(command.Key.Principal.Name).Execute(Of(command));
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            return Refusal(
                CommandRefusal.OwnerUnavailable, "the silo does not answer; the same command again completes it");
        }
        catch (UnauthorizedAccessException)
        {
            return Refusal(CommandRefusal.SignatureInvalid, "its key was revoked, or it was over, on its way");
        }
    }

    internal static SignedEnvelope Of(VerifiedCommand command) => new()
    {
        SignatureBase = command.Envelope.SignatureBase,
        Signature = command.Envelope.Signature,
        Body = command.Envelope.Body,
    };

    internal static CommandAnswer Refusal(CommandRefusal refusal, string detail) =>
        new() { Status = refusal.Status, Code = refusal.Code, Detail = detail };

    private async ValueTask<ControlState?> Known(bool isStop, CancellationToken cancellationToken)
    {
        try
        {
            return isStop ? await stops.KnownState() : await log.CatchUp(cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }

    private static string Words(CommandRefusal refusal) => refusal switch
    {
        { Code: "signature_missing" } => "sign the request as Accept-Signature says (docs/control-plane.md)",
        { Code: "signature_profile" } => "the signature covers or says other than the profile mev-cmd-v1 does",
        { Code: "authority_not_allowed" } => "the request is addressed to another cluster (Gateway:PublicAuthorities)",
        { Code: "key_unknown" } => "the registry has no such key: /v1/keys lists them",
        { Code: "key_inactive" } => "the key is revoked, or it is not its time",
        { Code: "created_in_future" } => "it was made later than now: set the clock",
        { Code: "signature_expired" } => "its time is over, or never began: sign anew",
        { Code: "lifetime_too_long" } => $"a command lives at most {CommandVerifier.LifetimeMaxSeconds} s",
        { Code: "digest_mismatch" } => "the body is not the one that was signed",
        { Code: "signature_invalid" } => "the key did not sign this",
        { Code: "nonce_epoch_closed" } => "the gateway has just started, or its store of nonces is new: sign anew",
        { Code: "nonce_replayed" } => "this very request was taken before: sign anew with the same idempotency key",
        { Code: "nonce_store_unavailable" } => "the store of nonces does not answer: try again",
        { Status: 413 } => $"the body is longer than {CommandRequest.BodyBytesMax} bytes",
        { Status: 415 } => "the content type must be exactly application/json",
        _ => "a covered header is missing, repeated or unreadable, or the path has a query or an escape",
    };
}
