using Mev.Journal;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Records as a log gives them: with the leaf hash of their bytes.</summary>
internal static class LogRecords
{
    public static LogRecord Of(long offset, LogEntry entry) => new(offset, entry, LeafHash.Of(entry.Bytes.Span));
}
