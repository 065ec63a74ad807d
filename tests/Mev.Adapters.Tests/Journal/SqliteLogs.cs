using Mev.Journal.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Opens journals without a host.</summary>
internal static class SqliteLogs
{
    public static SqliteLog Open(string path) => Open(new SqliteLogOptions { Path = path });

    public static SqliteLog Open(SqliteLogOptions options, TimeProvider? time = null) => new(
        Options.Create(options), time ?? TimeProvider.System, new PlainMeterFactory(), NullLogger<SqliteLog>.Instance);
}
