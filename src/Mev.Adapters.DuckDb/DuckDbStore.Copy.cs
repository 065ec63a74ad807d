using DuckDB.NET.Data;

namespace Mev.Adapters.DuckDb;

/// <content>Copies of the file.</content>
public sealed partial class DuckDbStore
{
    private const int BufferBytes = 1 << 20;

    /// <inheritdoc/>
    /// <remarks>The writer waits meanwhile; the journal keeps what comes.</remarks>
    public async ValueTask<Stream> Copy(CancellationToken cancellationToken = default) =>
        await Exclusively(CopyNow, cancellationToken);

    private FileStream CopyNow(DuckDBConnection connection)
    {
        connection.Run("CHECKPOINT"); // all of it stands in the one file then, and nobody writes meanwhile
        var path = $"{_file.Path}.copy";
        var copy = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Delete, BufferBytes);
        try
        {
            File.Delete(path); // its bytes live until the stream is closed, also by a killed process
            _file.CopyTo(copy);
            copy.Position = 0;
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }
}
