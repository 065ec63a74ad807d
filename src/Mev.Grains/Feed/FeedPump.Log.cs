using Microsoft.Extensions.Logging;

namespace Mev.Grains.Feed;

internal sealed partial class FeedPump
{
    [LoggerMessage(1040, LogLevel.Information, "Taking up again after batch {Position} of the feed")]
    private partial void LogResuming(ulong position);

    [LoggerMessage(1041, LogLevel.Information, "Feed {Feed} ended after {Position} batches")]
    private partial void LogEnded(string feed, ulong position);

    [LoggerMessage(1042, LogLevel.Error, "The feed cannot go on: {Reason}")]
    private partial void LogFeedFailed(string reason);

    [LoggerMessage(1044, LogLevel.Debug, "The feed pump stops with the host: {Reason}")]
    private partial void LogStopped(string reason);

    [LoggerMessage(1043, LogLevel.Error, "The feed pump has ended by a fault")]
    private partial void LogFailed(Exception failure);
}
