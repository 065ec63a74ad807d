using Mev.Contracts.V1;
using Mev.Fixtures;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Audit;

/// <summary>The journal's writer over a log that fails.</summary>
public sealed class AuditWriterTests
{
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
            TimeProvider.System, new AuditGate());

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
}
