using System.Diagnostics.Metrics;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Tests.Journal;

public sealed class SqliteLogInstrumentTests
{
    [Fact]
    public async Task Durable_appends_of_the_audit_topic_are_timed_and_failed_ones_counted_by_reason()
    {
        using var folder = new TemporaryFolder();
        using var meters = new PlainMeterFactory();
        using var listener = new MeterListener();
        var seen = new List<string>();
        listener.InstrumentPublished = (instrument, l) => l.EnableMeasurementEvents(instrument);
        listener.SetMeasurementEventCallback<double>((i, _, tags, _) => Note(i, tags));
        listener.SetMeasurementEventCallback<long>((i, _, tags, _) => Note(i, tags));
        var options = Options.Create(new SqliteLogOptions { Path = folder.File("journal.db") });
        var log = new SqliteLog(options, TimeProvider.System, meters, NullLogger<SqliteLog>.Instance);
        listener.Start();

        await log.Append(new LogPartition(LogTopics.Audit, 3), Records.Many(2));
        await log.Append(new LogPartition(LogTopics.Blobs, 0), Records.Many(2));
        listener.RecordObservableInstruments();
        await log.DisposeAsync();
        await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await log.Append(Records.Audit, Records.Many(1)));

        string[] expected =
        [
            "mev.audit.append.duration shard=3",
            "mev.audit.append.failures reason=Closed",
            "mev.audit.append.waits ",
            "mev.audit.lag ",
        ];
        lock (seen) Assert.Equal(expected, seen.Order(StringComparer.Ordinal));

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (!meters.Has(instrument.Meter)) return; // other tests have the same meter name
            var text = string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"));
            lock (seen) seen.Add($"{instrument.Name} {text}");
        }
    }
}
