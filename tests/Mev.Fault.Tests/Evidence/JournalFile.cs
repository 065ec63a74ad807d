using System.Diagnostics.Metrics;
using System.Globalization;
using Mev.Fault.Host;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mev.Fault.Tests.Evidence;

/// <summary>The journal of a run that has ended, opened as any host opens it.</summary>
internal sealed class JournalFile : IAsyncDisposable
{
    private const int ReadRecordsMax = 4_096;

    private readonly PlainMeters _meters = new();
    private readonly SqliteLog _log;

    private JournalFile(string path) => _log = new SqliteLog(
        Options.Create(new SqliteLogOptions { Path = path }),
        TimeProvider.System,
        _meters,
        NullLogger<SqliteLog>.Instance);

    public static JournalFile Open(string path) => new(path);

    /// <summary>All records of a partition.</summary>
    public async Task<IReadOnlyList<LogRecord>> Read(LogPartition partition)
    {
        var all = new List<LogRecord>();
        while (true)
        {
            var records = await _log.Read(partition, all.Count, ReadRecordsMax);
            if (records.Count == 0) return all;
            all.AddRange(records);
        }
    }

    /// <summary>The lines whose record is not where it was acknowledged to be.</summary>
    public async Task<IReadOnlyList<string>> Lost(IReadOnlyList<string> acknowledged)
    {
        var lost = new List<string>();
        foreach (var group in acknowledged.GroupBy(line => Partition(line.Split(' '))))
        {
            var hashes = (await Read(group.Key)).Select(record => record.LeafHash.ToString()).ToList();
            foreach (var line in group)
            {
                var parts = line.Split(' ');
                var isThere = parts[2] == ObservedLog.Somewhere
                    ? hashes.Contains(parts[3])
                    : hashes.ElementAtOrDefault(int.Parse(parts[2], CultureInfo.InvariantCulture)) == parts[3];
                if (!isThere) lost.Add(line);
            }
        }
        return lost;
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _meters.Dispose();
    }

    private static LogPartition Partition(string[] line) =>
        new(line[0], int.Parse(line[1], CultureInfo.InvariantCulture));

    private sealed class PlainMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
