using System.Diagnostics.Metrics;
using Mev.Adapters.DuckDb;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Mev.Journal.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mev.Journal.Sinker;

/// <summary>Journal, store and sink without a host.</summary>
public static class Parts
{
    public const int StrategyPartitions = 2;

    public static SqliteLog Log(string path, IMeterFactory meters) => new(
        Options.Create(new SqliteLogOptions { Path = path }), TimeProvider.System, meters,
        NullLogger<SqliteLog>.Instance);

    public static DuckDbStore Store(string path, string offsets = nameof(OffsetRule.WithRecords)) => new(
        Options.Create(new DuckDbStoreOptions { Path = path, Offsets = Enum.Parse<OffsetRule>(offsets) }),
        TimeProvider.System);

    public static DecisionSink Sink(
        SqliteLog log, IDecisionStore store, SinkProgress progress, DecisionSinkOptions options) => new(
        log, log, store, new CodeIdentity("", "", "made", StrategyPartitions), progress, Options.Create(options),
        TimeProvider.System, NullLogger<DecisionSink>.Instance);
}
