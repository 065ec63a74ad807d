namespace Mev.Journal.Sqlite;

/// <summary>A piece of work with a result, which its caller gets once it is durable.</summary>
/// <param name="records">Records that it writes, at least 1.</param>
/// <param name="bytes">Bytes that it writes, about.</param>
public abstract class SqliteCommitOperation<TResult>(int records, long bytes) : SqliteCommitOperation(records, bytes)
{
    private readonly TaskCompletionSource<TResult> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? _result;

    internal Task<TResult> Durable => _durable.Task;

    /// <summary>Does the work on the writer thread, inside the transaction. May be called once only.</summary>
    protected abstract TResult Execute();

    internal override void Apply() => _result = Execute();

    internal override void Complete() => _durable.TrySetResult(_result!);

    internal override void Fail(SqliteUnavailableException cause)
    {
        if (_durable.TrySetException(cause)) _ = _durable.Task.Exception; // a caller that left is no unobserved error
    }
}
