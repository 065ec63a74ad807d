using System.Diagnostics.Metrics;
using Mev.Adapters.Kafka;
using Mev.Adapters.Tests.Journal;
using Mev.Contracts.V1.Streams;
using Mev.Journal;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Mev.Adapters.Tests.Streams;

/// <summary>
/// What Orleans streams keep over every <see cref="IPartitionedLog"/>. Run by name: on a busy machine one of them did
/// not end in ten minutes, which is not understood (docs/decisions/0018).
/// </summary>
public abstract class LogStreamContract : IAsyncLifetime
{
    private readonly string _run = $"{Guid.CreateVersion7():N}";

    protected IPartitionedLog Log { get; private set; } = null!;

    /// <summary>The settings of a log in Kafka whose topics the streams are to see to; null for any other.</summary>
    protected virtual KafkaLogOptions? Kafka => null;

    public async ValueTask InitializeAsync() => Log = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close(Log);
        GC.SuppressFinalize(this);
    }

    [Fact(Explicit = true)]
    public async Task Events_of_a_stream_come_in_order_and_each_at_least_once()
    {
        await using var cluster = await StreamCluster.Start(Log, Kafka);
        string[] streams = [.. Enumerable.Range(0, 5).Select(i => $"{_run}.{i}")];

        for (var n = 0; n < 100; n++) // chunks hold several streams, mixed
            await Task.WhenAll(streams.Select(stream => cluster.Stream(stream).OnNextAsync(n)));

        await Arrive(100, streams);
        foreach (var stream in streams) Assert.Equal(Enumerable.Range(0, 100), Notes.Once(stream));
    }

    [Fact(Explicit = true)]
    public async Task Who_goes_back_gets_what_is_there_from_the_offset_on_however_long_ago()
    {
        await using var cluster = await StreamCluster.Start(Log, Kafka);
        var stream = cluster.Stream($"{_run}.long");
        await stream.OnNextBatchAsync(Enumerable.Range(0, 1_500)); // more than is kept in memory
        await Arrive(1_500, $"{_run}.long");
        var from = Notes.Of($"{_run}.long").First(note => note.Number == 100).Offset;
        var again = Notes.Of($"{_run}.again");

        await stream.SubscribeAsync(
            (number, token) =>
            {
                again.Enqueue((number, token!.SequenceNumber));
                return Task.CompletedTask;
            },
            new EventSequenceTokenV2(from));

        await Arrive(1_400, $"{_run}.again");
        Assert.Equal(Enumerable.Range(100, 1_400), Notes.Once($"{_run}.again"));
        Assert.Equal(from, again.First().Offset);
    }

    [Fact(Explicit = true)]
    public async Task Silos_share_the_partitions_and_what_one_was_about_to_deliver_another_delivers()
    {
        await using var cluster = await StreamCluster.Start(Log, Kafka, deliverMs: 60_000); // beyond a silo's death
        string[] streams = [.. Enumerable.Range(0, 8).Select(i => $"{_run}.{i}")];
        await Publish(cluster, streams, from: 0);

        await cluster.AddOne();
        await StreamCluster.Until(
            async () => (await cluster.Shares()).Sum() == StreamCluster.Partitions, "each partition has one silo");
        await Publish(cluster, streams, from: 50);
        await cluster.KillBusiest();
        await Publish(cluster, streams, from: 100);

        await Arrive(150, streams);
        foreach (var stream in streams) Assert.Equal(Enumerable.Range(0, 150), Notes.Once(stream));
        Assert.Empty(await Letters());
    }

    [Fact(Explicit = true)]
    public async Task Who_fails_gets_it_again_and_what_it_never_takes_is_set_aside_alone_counted_and_told()
    {
        using var counted = new SetAsideCount();
        await using var cluster = await StreamCluster.Start(Log, Kafka);
        var stream = $"{_run}.poison";

        await cluster.Stream(stream).OnNextBatchAsync([1, Notes.SecondTry, 2, -3, 4, 5]);

        await Arrive(5, stream);
        Assert.Equal([1, Notes.SecondTry, 2, 4, 5], Notes.Once(stream));
        var offset = Notes.Of(stream).First(note => note.Number == 4).Offset - 1;
        await Told($"@{offset} was set aside");
        var letter = Assert.Single(await Letters());
        Assert.Equal((ulong)offset, letter.Offset);
        Assert.Contains(stream, letter.Reason);
        Assert.Equal(1, counted.Value);
    }

    [Fact(Explicit = true)]
    public async Task Who_hangs_holds_up_nobody_and_loses_nothing()
    {
        await using var cluster = await StreamCluster.Start(Log, Kafka, deliverMs: 60_000);
        var hangs = $"{_run}.hangs";
        var other = Enumerable.Range(0, 100).Select(i => $"{_run}.{i}").First(
            stream => StreamCluster.QueueOf(stream) == StreamCluster.QueueOf(hangs));
        Notes.Close(hangs);

        await cluster.Stream(hangs).OnNextBatchAsync(Enumerable.Range(0, 300)); // more than is kept in memory
        await StreamCluster.Until(() => Notes.WasTried(hangs, 0), "the consumer fails");
        await cluster.Stream(other).OnNextBatchAsync(Enumerable.Range(0, 500));
        await Arrive(500, other);
        Notes.Open(hangs);

        await Arrive(300, hangs);
        Assert.Equal(Enumerable.Range(0, 500), Notes.Once(other));
        Assert.Equal(Enumerable.Range(0, 300), Notes.Once(hangs));
    }

    [Fact(Explicit = true)]
    public async Task A_record_that_is_no_event_is_set_aside_and_holds_nothing_up()
    {
        await using var cluster = await StreamCluster.Start(Log, Kafka);
        foreach (var partition in Enumerable.Range(0, StreamCluster.Partitions))
            await Log.Append(new LogPartition(LogTopics.Streams, partition), [Records.Of("foreign")]);
        var stream = $"{_run}.foreign";

        await cluster.Stream(stream).OnNextAsync(1);

        await Arrive(1, stream);
        await Told("@0 was set aside");
        Assert.Contains(await Letters(), letter => letter.Record.ToStringUtf8() == "foreign");
    }

    [Fact(Explicit = true)]
    public async Task After_a_restart_it_goes_on_with_what_was_not_taken()
    {
        var (stream, states) = ($"{_run}.restart", new GrainStates());
        await using (var cluster = await StreamCluster.Start(Log, Kafka, states, deliverMs: 60_000))
        {
            await cluster.Stream(stream).OnNextBatchAsync(Enumerable.Range(0, 10));
            await Arrive(10, stream);
            Notes.Close(stream);
            await cluster.Stream(stream).OnNextAsync(10);
            await StreamCluster.Until(() => Notes.WasTried(stream, 10), "the consumer fails");
        }
        Notes.Open(stream);

        await using var restarted = await StreamCluster.Start(Log, Kafka, states);

        await Arrive(1, stream);
        Assert.Equal([10], Notes.Once(stream));
        Assert.Empty(await Letters());
    }

    /// <summary>Opens a log of its own.</summary>
    protected abstract ValueTask<IPartitionedLog> Open();

    protected abstract ValueTask Close(IPartitionedLog log);

    protected static Task Arrive(int count, params string[] streams) => StreamCluster.Until(
        () => streams.All(stream => Notes.Once(stream).Length >= count),
        $"{count} events of each of {streams.Length} streams");

    private static async Task Publish(StreamCluster cluster, string[] streams, int from)
    {
        foreach (var stream in streams) await cluster.Stream(stream).OnNextBatchAsync(Enumerable.Range(from, 50));
    }

    private async Task Told(string what)
    {
        var alerts = new LogPartition(LogTopics.Alerts, 0);
        await StreamCluster.Until(
            async () => (await Log.All(alerts)).Any(record =>
                Alert.Parser.ParseFrom(record.Entry.Bytes.Span).Message.Contains(what)),
            what);
    }

    private async Task<IEnumerable<DeadLetter>> Letters() =>
        (await Log.All(new LogPartition(LogTopics.DeadLetter, 0)))
        .Select(record => DeadLetter.Parser.ParseFrom(record.Entry.Bytes.Span));

    /// <summary>What the instrument counted since.</summary>
    private sealed class SetAsideCount : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _value;

        public SetAsideCount()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "mev.streams.set_aside") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, by, _, _) => Interlocked.Add(ref _value, by));
            _listener.Start();
        }

        public long Value => Interlocked.Read(ref _value);

        public void Dispose() => _listener.Dispose();
    }
}
