using Mev.Control.Commands;
using Mev.Control.Nonces;
using Microsoft.Extensions.Hosting;

namespace Mev.Gateway.Commands;

/// <summary>
/// Takes the nonces of this gateway's commands, and closes the past when their store may have forgotten: also at this
/// process's first contact, which is made at its start.
/// </summary>
internal sealed class NonceDesk(INonceStore store, TimeProvider time) : IHostedService
{
    private readonly Lock _gate = new();
    private NonceEpoch _epoch = NonceEpoch.None;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            See(await store.Identity(cancellationToken));
        }
        catch (NonceStoreException)
        {
            // the first claim makes the contact, and says so if it cannot
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Why the command is refused; null when its nonce is its own.</summary>
    public async ValueTask<CommandRefusal?> Claim(VerifiedCommand command, CancellationToken cancellationToken)
    {
        try
        {
            var claim = await store.Claim(
                command.Key.PublicKey.Id, command.Nonce, command.Expires, time.GetUtcNow().ToUnixTimeSeconds(),
                cancellationToken);
            return See(claim.Store).Check(command.Created)
                ?? (claim.IsNew ? null : CommandRefusal.NonceReplayed);
        }
        catch (NonceStoreException)
        {
            return CommandRefusal.NonceStoreUnavailable;
        }
    }

    private NonceEpoch See(string identity)
    {
        lock (_gate) return _epoch = _epoch.See(identity, time.GetUtcNow().ToUnixTimeMilliseconds());
    }
}
