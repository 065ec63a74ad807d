using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Fixtures;
using Mev.Grains.Abstractions.Limits;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Audit;

/// <summary>The journal's writer opens and closes each partition, and opens no journal of another feed.</summary>
public sealed class WriterLifetimeTests : IAsyncDisposable
{
    private readonly Engine _engine = new();

    [Fact]
    public async Task A_clean_stop_closes_what_the_writer_opened_and_the_next_start_opens_anew()
    {
        await _engine.InitializeAsync();
        var policies = _engine.Grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);
        await policies.Change(await policies.Current() with { Version = 1, MinimumProfit = new Lamports(7) }, "dust");
        await _engine.Restart();

        var records = await _engine.Log.Read(new LogPartition(LogTopics.Audit, 0), 0, 100);
        var bodies = records.Select(record => AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span)).ToList();
        Assert.Equal(
            [RecordType.Writer, RecordType.PolicyChange, RecordType.Writer, RecordType.Writer],
            records.Select(record => record.Entry.Type));
        Assert.Equal([true, false, true], bodies.Where(body => body.Writer is not null).Select(b => b.Writer.Opened));
        Assert.Equal([0UL, 1UL, 2UL, 0UL], bodies.Select(body => body.WriterSeq));
        Assert.Equal(("empty", 1U), (bodies[0].Writer.Feed, bodies[0].Writer.StrategyPartitions));
        Assert.Equal(2, bodies.Select(body => body.WriterId).Distinct().Count());
    }

    [Fact]
    public async Task A_journal_of_another_feed_is_refused_and_both_feeds_are_named()
    {
        await _engine.InitializeAsync();
        _engine.Identity = "generator seed 2";

        var failure = await Assert.ThrowsAnyAsync<Exception>(_engine.Restart);

        Assert.Contains("begun on 'empty'", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("is on 'generator seed 2'", failure.ToString(), StringComparison.Ordinal);
        _engine.Identity = "empty";
        await _engine.Restart();
    }

    [Fact]
    public async Task After_a_failed_append_another_writer_begins_so_that_no_number_is_missing()
    {
        var durable = new List<AuditRecord>();
        var isAway = false;
        var writer = new AuditWriter(
            Fakes.Of<IPartitionedLog>((_, arguments) =>
            {
                if (isAway) return Fakes.Failed<long>(new JournalUnavailableException("away"));
                foreach (var entry in (IReadOnlyList<LogEntry>)arguments[1]!)
                    durable.Add(AuditRecord.Parser.ParseFrom(entry.Bytes.Span));
                return Fakes.Awaited(0L);
            }),
            new CodeIdentity("", "", "empty", StrategyPartitions: 1),
            TimeProvider.System);

        await writer.Append(0, [CodeIdentity.Closed()]);
        isAway = true;
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => writer.Append(0, [CodeIdentity.Closed()]).AsTask());
        isAway = false;
        await writer.Append(0, [CodeIdentity.Closed()]);

        Assert.Equal([0UL, 1UL, 0UL, 1UL], durable.Select(body => body.WriterSeq));
        Assert.Equal([true, false, true, false], durable.Select(body => body.Writer.Opened));
        Assert.Equal(2, durable.Select(body => body.WriterId).Distinct().Count());
        Assert.NotEqual(durable[1].WriterId, durable[2].WriterId);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
