using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Adapters.Tests.Journal;

/// <summary>What every <see cref="IPartitionedLog"/> keeps.</summary>
public abstract class PartitionedLogContract : IAsyncLifetime
{
    protected IPartitionedLog Log { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Log = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close(Log);
        CleanUp();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Offsets_are_contiguous_from_zero_in_each_partition()
    {
        var other = new LogPartition("mev.other", 7);

        Assert.Equal(0, await Log.End(Records.Audit));
        Assert.Equal(0, await Log.Append(Records.Audit, Records.Many(3)));
        Assert.Equal(0, await Log.Append(other, Records.Many(2)));
        Assert.Equal(3, await Log.Append(Records.Audit, Records.Many(1)));
        Assert.Equal(2, await Log.Append(other, Records.Many(5)));
        Assert.Equal(4, await Log.End(Records.Audit));
        Assert.Equal(7, await Log.End(other));
        Assert.Equal([0L, 1, 2, 3], (await Log.All(Records.Audit)).Select(r => r.Offset));
        Assert.Equal([0L, 1, 2, 3, 4, 5, 6], (await Log.All(other, 2)).Select(r => r.Offset));
    }

    [Theory]
    [InlineData(LogTopics.Audit)]
    [InlineData(LogTopics.Blobs)]
    public async Task A_record_comes_back_as_it_was_appended(string topic)
    {
        var partition = new LogPartition(topic, 3);
        LogEntry[] entries =
        [
            Records.Of("first"),
            new(RecordType.Stop, -5, default, ReadOnlyMemory<byte>.Empty),
            new((RecordType)200, long.MaxValue, Digest.Of([1]), new byte[100_000]),
        ];

        await Log.Append(partition, entries);

        var records = await Log.Read(partition, 0, 10);
        Assert.Equal(entries.Length, records.Count);
        foreach (var (record, entry) in records.Zip(entries))
        {
            Assert.Equal(
                (entry.Type, entry.RecordedNs, entry.Key),
                (record.Entry.Type, record.Entry.RecordedNs, record.Entry.Key));
            Assert.True(entry.Bytes.Span.SequenceEqual(record.Entry.Bytes.Span));
            Assert.Equal(LeafHash.Of(entry.Bytes.Span), record.LeafHash);
        }
    }

    [Theory]
    [InlineData(LogTopics.Audit)]
    [InlineData(LogTopics.Blobs)]
    public async Task Leaf_hashes_are_those_of_the_records_from_an_offset_on(string topic)
    {
        var partition = new LogPartition(topic, 3);
        await Log.Append(partition, Records.Many(10));
        var leaves = (await Log.All(partition)).Select(record => record.LeafHash).ToList();

        Assert.Equal(leaves, await Log.ReadLeaves(partition, 0, 100));
        Assert.Equal(leaves[4..7], await Log.ReadLeaves(partition, 4, 3));
        Assert.Empty(await Log.ReadLeaves(partition, 10, 3));
        Assert.Empty(await Log.ReadLeaves(new LogPartition(topic, 99), 0, 3));
    }

    [Fact]
    public async Task A_read_starts_at_its_offset_and_ends_at_its_bound()
    {
        await Log.Append(Records.Audit, Records.Many(10));

        Assert.Equal([4L, 5, 6], (await Log.Read(Records.Audit, 4, 3)).Select(r => r.Offset));
        Assert.Equal([9L], (await Log.Read(Records.Audit, 9, 3)).Select(r => r.Offset));
        Assert.Empty(await Log.Read(Records.Audit, 10, 3));
        Assert.Empty(await Log.Read(new LogPartition(LogTopics.Audit, 99), 0, 3));
    }

    [Fact]
    public async Task Appends_of_one_caller_are_durable_in_the_order_of_the_calls_and_behind_what_they_name()
    {
        var blobs = new LogPartition(LogTopics.Blobs, 0);
        var appends = new List<Task<long>>();
        for (var i = 0; i < 300; i++)
        {
            var named = i % 2 == 0 ? new LogAppend(blobs, [Records.Of($"blob {i}")]) : null;
            var intent = Log.Append(Records.Audit, [Records.Of($"intent {i}")], named).AsTask();
            appends.Add(intent);
            if (i % 50 != 0) continue;
            await intent;
            Assert.True(await Log.End(blobs) > i / 2, "the blob is durable when the intent is");
        }

        Assert.Equal(Enumerable.Range(0, 300).Select(i => (long)i), await Task.WhenAll(appends));
        Assert.Equal(
            Enumerable.Range(0, 300).Select(i => $"intent {i}"), (await Log.All(Records.Audit)).Select(r => r.Text()));
        Assert.Equal(
            Enumerable.Range(0, 150).Select(i => $"blob {2 * i}"), (await Log.All(blobs)).Select(r => r.Text()));
    }

    [Fact]
    public async Task What_an_append_names_is_durable_with_it_and_both_are_where_they_belong()
    {
        var blobs = new LogPartition(LogTopics.Blobs, 0);
        for (var i = 0; i < 3; i++)
        {
            var named = new LogAppend(blobs, Records.Many(2, $"blob {i}."));
            Assert.Equal(3 * i, await Log.Append(Records.Audit, Records.Many(3, $"intent {i}."), named));
            Assert.Equal(2 * (i + 1), await Log.End(blobs));
        }

        Assert.Equal(
            ["blob 0.0", "blob 0.1", "blob 1.0", "blob 1.1", "blob 2.0", "blob 2.1"],
            (await Log.All(blobs)).Select(r => r.Text()));
        Assert.Equal("intent 2.2", (await Log.All(Records.Audit))[^1].Text());
    }

    [Fact]
    public async Task Appends_of_many_callers_are_whole_and_each_callers_in_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            await Task.Yield();
            for (var i = 0; i < 40; i++)
            {
                var offset = await Log.Append(Records.Audit, Records.Many(3, $"{caller}.{i}."));
                var read = await Log.Read(Records.Audit, offset, 3);
                Assert.Equal([$"{caller}.{i}.0", $"{caller}.{i}.1", $"{caller}.{i}.2"], read.Select(r => r.Text()));
            }
        }));

        var all = await Log.All(Records.Audit);
        Assert.Equal(8 * 40 * 3, all.Count);
        foreach (var caller in all.GroupBy(r => r.Text().Split('.')[0]))
        {
            var numbers = caller.Select(r => int.Parse(r.Text().Split('.')[1], null)).ToArray();
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    [Fact]
    public async Task An_append_of_many_records_is_whole()
    {
        var entries = Records.Many(20_000, padding: 300);

        await Log.Append(Records.Audit, entries);

        var all = await Log.All(Records.Audit, 7_000);
        Assert.Equal(entries.Select(e => e.Key), all.Select(r => r.Entry.Key));
    }

    [Fact]
    public async Task An_empty_append_is_refused()
        => await Assert.ThrowsAsync<ArgumentException>(async () => await Log.Append(Records.Audit, []));

    [Fact]
    public async Task A_partition_without_topic_or_with_a_number_out_of_range_is_refused()
    {
        LogPartition[] partitions = [new("", 0), new(LogTopics.Audit, -1), new(LogTopics.Audit, 65_536)];
        foreach (var partition in partitions)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Log.Append(partition, Records.Many(1)));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Log.Read(partition, 0, 1));
        }
    }

    [Fact]
    public async Task An_append_cancelled_before_its_call_does_not_happen()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Log.Append(Records.Audit, Records.Many(1), cancellationToken: cancelled.Token));

        Assert.Equal(0, await Log.Append(Records.Audit, Records.Many(1, "next")));
    }

    [Fact]
    public async Task Cancelling_an_append_loses_none_of_its_records_or_all()
    {
        for (var i = 0; i < 100; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var append = Log.Append(
                Records.Audit, Records.Many(3, $"{i}."), cancellationToken: cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            await append.ContinueWith(_ => { }, TaskScheduler.Default);
        }
        await Log.Append(Records.Audit, [Records.Of("end.0")]);

        var byAppend = (await Log.All(Records.Audit)).GroupBy(r => r.Text().Split('.')[0]).ToArray();
        Assert.All(byAppend[..^1], append => Assert.Equal(3, append.Count()));
    }

    [Fact]
    public async Task Everything_is_there_after_it_was_closed_and_opened()
    {
        LogPartition[] partitions = [Records.Audit, new(LogTopics.Audit, 0), new(LogTopics.Blobs, 2), new("x", 2)];
        foreach (var partition in partitions) await Log.Append(partition, Records.Many(4, partition.ToString()));

        await Close(Log);
        Log = await Open();

        foreach (var partition in partitions)
        {
            Assert.Equal(4, await Log.End(partition));
            Assert.Equal(4, await Log.Append(partition, Records.Many(1, "after")));
            var texts = (await Log.All(partition)).Select(r => r.Text());
            Assert.Equal([.. Enumerable.Range(0, 4).Select(i => $"{partition}{i}"), "after0"], texts);
        }
    }

    /// <summary>Opens the log; a second time with what was appended before.</summary>
    protected abstract ValueTask<IPartitionedLog> Open();

    protected abstract ValueTask Close(IPartitionedLog log);

    protected virtual void CleanUp()
    {
    }
}
