using System.Diagnostics;
using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mev.Adapters.Tests.Journal;

public sealed class SqliteGroupCommitTests
{
    private const int Pairs = 60;
    private static readonly TimeSpan MakingOfTheFollower = TimeSpan.FromMicroseconds(300);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_follows_at_once_shares_a_commit_where_its_caller_says_so(bool isFollowed)
    {
        using var folder = new TemporaryFolder();
        var commits = new CountedCommits();
        await using var file = new SqliteGroupCommit(
            Files.Settings(folder.File("some.db")), commits, 1, TimeProvider.System, NullLogger.Instance);
        for (var i = 0; i < Pairs; i++)
        {
            var first = file.Run(new Nothing { IsFollowed = isFollowed }, TestContext.Current.CancellationToken);
            for (var from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < MakingOfTheFollower;)
                Thread.SpinWait(10);
            await Task.WhenAll(first, file.Run(new Nothing(), TestContext.Current.CancellationToken));
        }

        // A caller or a writer that the machine does not let run in time changes a few of them.
        if (isFollowed) Assert.InRange(commits.Count, Pairs, Pairs * 5 / 4);
        else Assert.InRange(commits.Count, Pairs * 5 / 4, 2 * Pairs);
    }

    private sealed class Nothing() : SqliteCommitOperation<int>(1, 1)
    {
        protected override int Execute() => 0;
    }

    private sealed class CountedCommits : ISqliteCommitTarget
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Open(SqliteConnection connection)
        {
        }

        public void Committed() => Interlocked.Increment(ref _count);

        public void Dispose()
        {
        }
    }
}
