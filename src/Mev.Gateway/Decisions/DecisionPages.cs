using System.Collections.Immutable;
using Mev.Journal;

namespace Mev.Gateway.Decisions;

/// <summary>
/// Reads decisions from the journal, the newest first, across partitions. Keeps nothing: a cursor says where a page
/// ended, so paging gives every decision once while new ones come in.
/// </summary>
internal sealed class DecisionPages(IPartitionedLog log)
{
    /// <summary>Records that one page looks at; then it ends early, with a cursor to go on from.</summary>
    public const int ScanRecordsMax = 50_000;

    public async Task<DecisionPage> Read(DecisionQuery query, CancellationToken cancellationToken)
    {
        var tails = await Tails(query, cancellationToken);
        var lines = ImmutableArray.CreateBuilder<DecisionLine>();
        var left = ScanRecordsMax;
        while (lines.Count < query.Limit && left > 0)
        {
            var (tail, record) = (default(PartitionTail), default(LogRecord));
            foreach (var candidate in tails)
            {
                for (; left > 0; left--)
                {
                    if (await candidate.Peek(cancellationToken) is not { } newest) break;
                    if (query.Takes(newest.Entry.Type))
                    {
                        if (record is null || newest.Entry.RecordedNs > record.Entry.RecordedNs)
                            (tail, record) = (candidate, newest);
                        break;
                    }
                    candidate.Pass();
                }
            }
            // without a look at every partition the newest is not known: the next page decides
            if (tail is null || record is null || left <= 0) break;
            tail.Pass();
            left--;
            var line = DecisionLine.Of(tail.Partition, record);
            if ((query.Strategy ?? line.Strategy) == line.Strategy) lines.Add(line);
        }
        return new DecisionPage(lines.ToImmutable(), tails.TrueForAll(tail => tail.IsDone) ? null : Cursor(tails));
    }

    private async Task<List<PartitionTail>> Tails(DecisionQuery query, CancellationToken cancellationToken)
    {
        var tails = new List<PartitionTail>();
        foreach (var number in query.Partitions)
        {
            var partition = new LogPartition(LogTopics.Audit, number);
            var end = await log.End(partition, cancellationToken);
            tails.Add(new PartitionTail(log, partition, Math.Min(query.After?[number] ?? end, end)));
        }
        return tails;
    }

    private static string Cursor(List<PartitionTail> tails)
    {
        var cursor = new PageCursor();
        foreach (var tail in tails) cursor[tail.Partition] = tail.Before;
        return cursor.ToString();
    }
}
