using Mev.Control.Nonces;
using Mev.Control.Signatures;
using Mev.Journal.Sqlite;

namespace Mev.Storage.Sqlite;

/// <summary>
/// Nonces in the file of the grain states: a claim returns once it is synced to disk, with the others of its commit.
/// </summary>
public sealed class SqliteNonceStore(SqliteGrainStorage storage) : INonceStore
{
    private const int KeptLongerSeconds = 2; // the clock of another gateway

    /// <inheritdoc/>
    public ValueTask<string> Identity(CancellationToken cancellationToken = default) => new(storage.Tables.Nonces.Id);

    /// <inheritdoc/>
    public async ValueTask<NonceClaim> Claim(
        KeyId key, string nonce, long expires, long now, CancellationToken cancellationToken = default)
    {
        try
        {
            var taking = new NonceTaking(
                storage.Tables.Nonces, key.ToString(), nonce, expires + KeptLongerSeconds, now);
            return await storage.Writer.Run(taking, cancellationToken);
        }
        catch (SqliteUnavailableException failure)
        {
            throw new NonceStoreException(failure.Message, failure);
        }
    }
}
