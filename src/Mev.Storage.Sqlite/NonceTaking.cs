using Mev.Control.Nonces;
using Mev.Journal.Sqlite;

namespace Mev.Storage.Sqlite;

/// <summary>One claim of a nonce.</summary>
internal sealed class NonceTaking(NonceTable table, string key, string nonce, long expires, long now)
    : SqliteCommitOperation<NonceClaim>(records: 1, bytes: key.Length + nonce.Length)
{
    protected override NonceClaim Execute() => new(table.Id, table.TryTake(key, nonce, expires, now));
}
