using Microsoft.Extensions.Logging;

namespace Mev.Journal.Sqlite;

public sealed partial class SqliteGroupCommit
{
    [LoggerMessage(7001, LogLevel.Error,
        "{Path}: not written, {Failure}; everything is refused until a commit succeeds")]
    private static partial void LogFailed(ILogger logger, string path, SqliteFailure failure, Exception cause);

    [LoggerMessage(7002, LogLevel.Information, "{Path}: written again")]
    private static partial void LogRecovered(ILogger logger, string path);

    [LoggerMessage(7003, LogLevel.Warning, "{Path}: the queue is full, callers wait; the oldest waits {LagMs} ms")]
    private static partial void LogFull(ILogger logger, string path, double lagMs);
}
