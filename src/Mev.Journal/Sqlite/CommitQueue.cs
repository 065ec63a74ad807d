namespace Mev.Journal.Sqlite;

/// <summary>
/// What waits for the writer thread, in the order of the calls. The first <c>QueueOperationsMax</c> have a place, as
/// many again wait for one, more are refused. While the file cannot be written everything is refused.
/// </summary>
internal sealed class CommitQueue(SqliteGroupCommitSettings settings, TimeProvider time)
{
    private readonly object _gate = new();
    private readonly LinkedList<SqliteCommitOperation> _operations = new();
    private SqliteUnavailableException? _refusal;
    private bool _isClosed;
    private long _bytes;
    private long _takenSince;
    private bool _isTaken;
    private long _waits;
    private long _refusals;
    private long _saidFullAt;

    /// <summary>Operations that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _operations.Count;
        }
    }

    /// <summary>Operations that found no place and had to wait for one.</summary>
    public long Waits => Volatile.Read(ref _waits);

    /// <summary>Operations that were refused because twice as many as have a place waited.</summary>
    public long Refusals => Volatile.Read(ref _refusals);

    /// <summary>Why everything is refused at present, or null.</summary>
    public SqliteUnavailableException? Refusal => Volatile.Read(ref _refusal);

    /// <summary>Age of the oldest operation that is not durable yet, 0 without one.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (_gate)
            {
                if (_isTaken) return time.GetElapsedTime(_takenSince);
                return _operations.First is { } first ? time.GetElapsedTime(first.Value.EnqueuedAt) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Puts the operation last; true when the queue is full, said once a second at most.</summary>
    /// <exception cref="SqliteUnavailableException">Refused: the file cannot be written, or too many wait.</exception>
    public bool Enqueue(SqliteCommitOperation operation)
    {
        lock (_gate)
        {
            if (_refusal is { } refusal) throw SqliteErrors.Explain(settings.Path, refusal);
            if (IsBeyond(2, operation))
            {
                _refusals++;
                throw Full();
            }
            operation.EnqueuedAt = time.GetTimestamp();
            var isToBeSaid = IsBeyond(1, operation) && CountWait(operation.EnqueuedAt);
            _operations.AddLast(operation.Node);
            _bytes += operation.Bytes;
            Monitor.Pulse(_gate);
            return isToBeSaid;
        }
    }

    /// <summary>Takes the operation out if the writer has not taken it: then it is never written.</summary>
    public bool Withdraw(SqliteCommitOperation operation)
    {
        lock (_gate)
        {
            if (operation.Node.List is null) return false;
            _operations.Remove(operation.Node);
            _bytes -= operation.Bytes;
            return true;
        }
    }

    /// <summary>Fills <paramref name="batch"/> up to the bounds of a commit; false when closed and empty.</summary>
    public bool Take(List<SqliteCommitOperation> batch)
    {
        batch.Clear();
        lock (_gate)
        {
            _isTaken = false;
            while (_operations.First is null)
            {
                if (_isClosed) return false;
                Monitor.Wait(_gate);
            }
            _takenSince = _operations.First.Value.EnqueuedAt;
            _isTaken = true;
            Fill(batch);
            return true;
        }
    }

    /// <summary>Refuses everything from now on, and fails what waits: it may name records that are lost.</summary>
    public void Refuse(SqliteUnavailableException cause)
    {
        SqliteCommitOperation[] waiting;
        lock (_gate)
        {
            _refusal = cause;
            _isTaken = false;
            waiting = [.. _operations];
            _operations.Clear();
            _bytes = 0;
        }
        foreach (var operation in waiting) operation.Fail(cause);
    }

    /// <summary>Ends <see cref="Refuse"/>, unless closed.</summary>
    public void Accept()
    {
        lock (_gate)
            if (!_isClosed) _refusal = null;
    }

    /// <summary>No more operations; the writer still takes those that wait.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _refusal = new SqliteUnavailableException(SqliteFailure.Closed, $"{settings.Path}: closed.");
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for <see cref="Close"/>; false when the interval passed first.</summary>
    public bool WaitForClose(TimeSpan interval)
    {
        lock (_gate)
            return _isClosed || (Monitor.Wait(_gate, interval) && _isClosed);
    }

    private bool IsBeyond(int times, SqliteCommitOperation operation) => _operations.Count > 0
        && (_operations.Count >= times * (long)settings.QueueOperationsMax
            || _bytes + operation.Bytes > times * settings.QueueBytesMax);

    private bool CountWait(long now)
    {
        var isToBeSaid = _waits == 0 || time.GetElapsedTime(_saidFullAt, now) >= TimeSpan.FromSeconds(1);
        if (isToBeSaid) _saidFullAt = now;
        _waits++;
        return isToBeSaid;
    }

    private void Fill(List<SqliteCommitOperation> batch)
    {
        long records = 0, bytes = 0;
        while (_operations.First is { } first)
        {
            var operation = first.Value;
            records += operation.Records;
            bytes += operation.Bytes;
            if (batch.Count > 0 && (records > settings.CommitRecordsMax || bytes > settings.CommitBytesMax)) break;
            _operations.RemoveFirst();
            _bytes -= operation.Bytes;
            batch.Add(operation);
        }
    }

    private SqliteUnavailableException Full() => new(
        SqliteFailure.QueueFull,
        $"{settings.Path}: {_operations.Count} operations of {_bytes} bytes wait to be written, twice the bound. "
        + "The disk is slower than the callers: slow them down, or use a faster disk.");
}
