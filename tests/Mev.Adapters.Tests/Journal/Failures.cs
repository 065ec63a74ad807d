using Mev.Journal;
using Mev.Journal.Sqlite;

namespace Mev.Adapters.Tests.Journal;

internal static class Failures
{
    /// <summary>The failure has the cause and names the file.</summary>
    public static void Are(SqliteFailure expected, string path, JournalUnavailableException? failure)
    {
        Assert.NotNull(failure);
        Assert.Equal(expected, Assert.IsType<SqliteUnavailableException>(failure.InnerException).Failure);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }
}
