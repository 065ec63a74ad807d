using Mev.Journal;
using Mev.Journal.Indexes;

namespace Mev.Adapters.Tests.Journal;

public sealed class LogIndexTests : IDisposable
{
    private static readonly LogPartition Blobs = new(LogTopics.Blobs, 0);

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("index.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_goes_on_where_it_was_and_is_made_anew_without_its_file()
    {
        await using var log = SqliteLogs.Open(_folder.File("journal.db"));
        await log.Append(Records.Audit, [Records.Of("a"), Records.Of("b")], new LogAppend(Blobs, Records.Many(1, "x")));
        using (var index = new LogIndex(log, File, strategyPartitions: 1)) await index.Follow();
        await log.Append(Records.Audit, [Records.Of("c") with { Type = RecordType.Intent }]);
        var key = Records.Of("c").Key;
        var place = new LogPosition(Records.Audit, 2);

        using (var index = new LogIndex(log, File, strategyPartitions: 1))
            Assert.Equal(place, await index.FindIntent(key));
        System.IO.File.Delete(File);
        using (var index = new LogIndex(log, File, strategyPartitions: 1))
        {
            Assert.Equal(place, await index.FindIntent(key));
            Assert.Equal(new LogPosition(Blobs, 0), index.FindBlob(Records.Of("x0").Key));
        }
    }

    [Fact]
    public async Task An_index_of_another_journal_is_refused_with_the_remedy()
    {
        await using (var other = SqliteLogs.Open(_folder.File("other.db")))
        {
            await other.Append(Records.Audit, Records.Many(5));
            using var index = new LogIndex(other, File, strategyPartitions: 1);
            await index.Follow();
        }
        await using var log = SqliteLogs.Open(_folder.File("journal.db"));
        await log.Append(Records.Audit, Records.Many(9, "another"));
        using var strange = new LogIndex(log, File, strategyPartitions: 1);

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await strange.FindIntent(Records.Of("r0").Key));

        Assert.Contains("Move the file away", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a database, but long enough to have a head of its own, which says something else altogether.....")]
    [InlineData("")]
    public void A_file_that_is_none_is_refused_or_empty_and_used(string content)
    {
        System.IO.File.WriteAllText(File, content);
        using var log = SqliteLogs.Open(_folder.File("journal.db"));

        if (content.Length == 0)
        {
            using var index = new LogIndex(log, File, strategyPartitions: 1);
            Assert.Null(index.FindBlob(default));
            return;
        }
        var refused = Assert.Throws<JournalUnavailableException>(
            () => new LogIndex(log, File, strategyPartitions: 1));
        Assert.Contains(File, refused.Message, StringComparison.Ordinal);
    }
}
