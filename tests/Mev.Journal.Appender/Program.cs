using System.Diagnostics.Metrics;
using Mev.Journal.Appender;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

// Appends until it is killed, and prints each offset as soon as it is acknowledged.
var options = new SqliteLogOptions { Path = args[0], Durability = Enum.Parse<DurabilityRule>(args[1]) };
using var meters = new PlainMeterFactory();
await using var log = new SqliteLog(
    Options.Create(options), TimeProvider.System, meters, NullLogger<SqliteLog>.Instance);
await new Appender(log, run: args[2]).Run();

namespace Mev.Journal.Appender
{
    /// <summary>A meter for each caller, without a host.</summary>
    internal sealed class PlainMeterFactory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
