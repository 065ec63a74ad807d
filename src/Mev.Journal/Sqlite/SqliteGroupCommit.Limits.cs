using Mev.Domain.Limits;

namespace Mev.Journal.Sqlite;

/// <content>Its bounds and how often each was met, for people.</content>
public sealed partial class SqliteGroupCommit
{
    /// <summary>The bounded places of the file that people know as <paramref name="name"/>, as of now.</summary>
    public IEnumerable<LimitCount> Limits(string name) =>
    [
        new($"{name}.queue", _settings.QueueOperationsMax, AtLimit.Wait, _queue.Waits),
        new($"{name}.queue-waiters", _settings.QueueOperationsMax, AtLimit.Refuse, _queue.Refusals),
        new($"{name}.readers", Readers.Max, AtLimit.Wait, Readers.Waits),
    ];
}
