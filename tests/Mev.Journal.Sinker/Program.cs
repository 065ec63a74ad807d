using System.Diagnostics.Metrics;
using Mev.Journal;
using Mev.Journal.Sinker;
using Mev.Journal.Stores;

// Fills a store from a journal until it is killed or nothing is left, and meanwhile appends to the journal up to that
// many records of each partition; prints a line for each batch, and for a store that fails.
var (journal, store, offsets, records) = (args[0], args[1], args[2], int.Parse(args[3], null as IFormatProvider));
using var meters = new PlainMeterFactory();
await using var log = Parts.Log(journal, meters);
using var file = Parts.Store(store, offsets);
var progress = new SinkProgress(meters);
using var sink = Parts.Sink(log, new AnnouncingStore(file), progress, new DecisionSinkOptions
{
    BatchRecordsMax = 3,
    IdleInterval = TimeSpan.FromMilliseconds(10),
    DrainTimeout = TimeSpan.FromMinutes(2),
    RetryInterval = TimeSpan.FromMilliseconds(50),
});
await sink.StartAsync(CancellationToken.None);
for (var partition = 0; partition <= Parts.StrategyPartitions; partition++)
{
    var place = new LogPartition(LogTopics.Audit, partition);
    var made = new MadeJournal("kill", partition);
    var there = await log.End(place);
    for (var number = 0; number < records; number++)
    {
        var entry = made.Next();
        if (number >= there) await log.Append(place, [entry]);
    }
}
while (progress.Current is { Trouble: "", LagRecords: > 0 } or { IsAvailable: false, Trouble: "" })
    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
if (progress.Current.Trouble.Length > 0) await Console.Error.WriteLineAsync(progress.Current.Trouble);
await sink.StopAsync(CancellationToken.None);
return progress.Current.Trouble.Length > 0 ? 1 : 0;

namespace Mev.Journal.Sinker
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
