using System.Security.Cryptography;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Control.Commands;
using Mev.Control.Signatures;

namespace Mev.Cli.Control;

/// <summary>Signs commands and sends them; a refusal is a <see cref="CommandFailure"/>.</summary>
internal sealed class SigningClient(GatewayClient gateway, Ed25519PrivateKey key)
{
    private const int AttemptsMax = 6;
    private const int NonceLength = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The receipt.</summary>
    /// <param name="path">One of <see cref="CommandEndpoints"/>.</param>
    /// <param name="command">The body.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JsonElement> Send(string path, object command, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var signer = new CommandSigner(key, gateway.Authority);
        var body = JsonSerializer.SerializeToUtf8Bytes(command);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        for (var attempt = 1; ; attempt++)
        {
            var request = signer.Sign(
                path, body, id, RandomNumberGenerator.GetBytes(NonceLength), time.GetUtcNow().ToUnixTimeSeconds());
            var (receipt, problem) = await gateway.Post(request, cancellationToken);
            if (problem is null) return receipt;
            // a gateway that has just started refuses what may be older than it
            if (receipt.Text("code") != CommandRefusal.NonceEpochClosed.Code || attempt == AttemptsMax) throw problem;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Proposes a command of two persons; the receipt names proposal and hash.</summary>
    public Task<JsonElement> Propose(object command, CancellationToken cancellationToken)
    {
        var proposed = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(command));
        return Send(
            CommandEndpoints.Commands, new { op = "proposal.create", command_b64 = proposed }, cancellationToken);
    }
}
