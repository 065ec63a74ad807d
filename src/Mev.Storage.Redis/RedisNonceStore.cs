using System.Globalization;
using Mev.Control.Nonces;
using Mev.Control.Signatures;
using StackExchange.Redis;

namespace Mev.Storage.Redis;

/// <summary>
/// Nonces in Redis. Its identity is the server's run and a mark among the nonces: a server that was failed over to
/// changes the one, a wiped one the other, and both are read in the step that takes a nonce.
/// </summary>
public sealed class RedisNonceStore(RedisConnections connections) : INonceStore
{
    private const string Mark = "nonce:epoch";
    private const int KeptLongerSeconds = 2; // the clock of another gateway

    // A nonce is kept by the gateways' clocks, whose second is the value; the server's own only clears it away later.
    private const string Script = """
        local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
        local mark = redis.call('GET', KEYS[1])
        if not mark then
          mark = ARGV[1]
          redis.call('SET', KEYS[1], mark)
        end
        local isNew = 0
        if KEYS[2] then
          local kept = redis.call('GET', KEYS[2])
          if not kept or tonumber(kept) < tonumber(ARGV[3]) then
            redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[4])
            isNew = 1
          end
        end
        return {run .. '.' .. mark, isNew}
        """;

    /// <inheritdoc/>
    public async ValueTask<string> Identity(CancellationToken cancellationToken = default) =>
        (await Run([Mark], [NewMark()], cancellationToken)).Store;

    /// <inheritdoc/>
    public ValueTask<NonceClaim> Claim(
        KeyId key, string nonce, long expires, long now, CancellationToken cancellationToken = default)
    {
        var kept = expires + KeptLongerSeconds;
        var keptMs = Math.Max(1, kept + 1 - now) * 1_000;
        return Run([Mark, $"nonce:{key}:{nonce}"], [NewMark(), kept, now, keptMs], cancellationToken);
    }

    private async ValueTask<NonceClaim> Run(RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        try
        {
            var database = (await connections.State).GetDatabase();
            var answer = await database.ScriptEvaluateAsync(Script, keys, values).WaitAsync(cancellationToken);
            return new NonceClaim((string)answer[0]!, (int)answer[1] == 1);
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            throw new NonceStoreException(
                $"Redis at {connections.StateSettings.Shown()} took no nonce: {failure.Message}", failure);
        }
    }

    // Taken only where there is none yet, so any that no store ever had will do.
    private static RedisValue NewMark() => Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);
}
