using System.Collections.Concurrent;

namespace Mev.Journal.Sqlite;

/// <summary>
/// Read-only connections with their prepared statements, at most so many at a time. A read sees one snapshot of what is
/// durable, never waits for the writer thread and never makes it wait. It runs on the caller's thread.
/// </summary>
public sealed class SqliteReaders : IDisposable
{
    private readonly SqliteFile _file;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private volatile bool _isDisposed;
    private long _waits;

    internal SqliteReaders(SqliteFile file, int readersMax)
    {
        (_file, Max) = (file, readersMax);
        _places = new SemaphoreSlim(readersMax, readersMax);
    }

    /// <summary>Reads at a time; more wait.</summary>
    public int Max { get; }

    /// <summary>Reads that found every connection in use and waited for one.</summary>
    public long Waits => Interlocked.Read(ref _waits);

    /// <summary>Runs <paramref name="read"/> on a free connection; waits for one when all are in use.</summary>
    /// <exception cref="SqliteUnavailableException">The file cannot be read.</exception>
    public async ValueTask<TResult> Read<TArgument, TResult>(
        Func<SqliteReader, TArgument, TResult> read, TArgument argument, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var place = _places.WaitAsync(cancellationToken);
        if (!place.IsCompleted) Interlocked.Increment(ref _waits);
        await place;
        SqliteReader? reader = null;
        try
        {
            if (!_idle.TryTake(out reader)) reader = new SqliteReader(_file.OpenReader());
            var result = read(reader, argument);
            Return(reader);
            reader = null;
            return result;
        }
        catch (Exception e) when (SqliteErrors.IsOfFile(e))
        {
            throw SqliteErrors.Explain(_file.Path, e);
        }
        finally
        {
            reader?.Dispose();
            _places.Release();
        }
    }

    /// <summary>Closes the idle connections; those in use close when they come back.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    private void Return(SqliteReader reader)
    {
        _idle.Add(reader);
        if (_isDisposed) Dispose();
    }
}
