using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Fixtures;
using Mev.Fixtures.Commands;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Audit;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Logging.Abstractions;

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
    public async Task A_journal_whose_beginning_cannot_be_decoded_is_refused()
    {
        await _engine.InitializeAsync();
        byte[] damaged = [0xff];
        var begin = new LogRecord(0, new LogEntry(RecordType.Writer, 1, default, damaged), LeafHash.Of(damaged));
        var log = Fakes.Of<IPartitionedLog>((_, _) => Fakes.Awaited<IReadOnlyList<LogRecord>>([begin]));
        var lifetime = new WriterLifetime(
            log, _engine.Audit, new AuditGate(), new CodeIdentity("", "", "empty", 1),
            NullLogger<WriterLifetime>.Instance);

        var failure = await Assert.ThrowsAsync<JournalUnavailableException>(
            () => lifetime.StartingAsync(TestContext.Current.CancellationToken));

        Assert.Contains("cannot be decoded", failure.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
