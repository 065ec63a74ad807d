using System.Diagnostics;
using Mev.Adapters.DuckDb;
using Mev.Adapters.Tests.Journal;
using Mev.Domain.Chain;
using Mev.Fixtures;
using Mev.Journal;
using Mev.Journal.Sinker;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Queries;
using Mev.Journal.Stores.Rows;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Tests.Stores;

/// <summary>What happens to a store whose file cannot be used: it says why, and nothing else stops.</summary>
public sealed class DuckDbStoreFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("decisions.duckdb");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bytes_that_are_no_database_are_named_with_the_remedy_and_left_as_they_are()
    {
        await File.WriteAllTextAsync(Path, new string('x', 20_000));
        using var store = Parts.Store(Path);
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Position(1));
        Assert.Contains("damaged", failure.Message);
        Assert.Contains("Move the file away", failure.Message);
        Assert.Equal(new string('x', 20_000), await File.ReadAllTextAsync(Path));
    }

    [Fact]
    public async Task A_page_that_is_damaged_is_named_with_the_remedy()
    {
        using (var store = Parts.Store(Path))
        {
            await store.Write(Batch(0, 20_000));
            await using var copy = await store.Copy();
        }
        await using (var file = File.OpenWrite(Path))
        {
            file.Position = 12_288 + 600; // behind the headers, within the first blocks
            await file.WriteAsync(new byte[40_000]);
        }
        using var damaged = Parts.Store(Path);
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await damaged.Position(1));
        Assert.Contains("Move the file away", failure.Message);
    }

    [Fact]
    public async Task The_database_of_another_program_is_not_touched()
    {
        StoreFile.Rows(Path, "CREATE TABLE theirs AS SELECT 42 AS it", _ => 0);
        using (var store = Parts.Store(Path))
        {
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Position(1));
            Assert.Contains("another program's", failure.Message);
        }
        Assert.Equal(["theirs"], StoreFile.Rows(Path, "SELECT table_name FROM duckdb_tables()", it => it.GetString(0)));
    }

    [Fact]
    public async Task A_file_that_another_process_has_is_refused_until_that_ends_also_after_a_copy()
    {
        using (var store = Parts.Store(Path))
        {
            await store.Write(Batch(0, 3));
            await using (await store.Copy())
            {
            }
            var second = await Sinker("WithRecords", records: 1);
            Assert.Contains("another process has the file", second.Errors);
            Assert.Contains("Store:Path", second.Errors);
        }
        using var again = Parts.Store(Path);
        Assert.Equal(3, (await again.Position(1)).Next);
    }

    /// <summary>A process that closes a handle of the file, when it is collected too, loses its lock on it.</summary>
    [Fact]
    public async Task The_file_stays_its_own_after_a_copy_a_failure_and_a_collection()
    {
        using (var file = new DuckDbFile(new DuckDbStoreOptions { Path = Path }))
        {
            file.Writer();
            file.CopyTo(Stream.Null);
            file.Abandon();
            file.Writer();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.Contains("another process has the file", (await Sinker("WithRecords", records: 1)).Errors);
        }
        using var again = Parts.Store(Path);
        Assert.Equal(0, (await again.Position(1)).Next);
    }

    [Fact]
    public async Task A_copy_beyond_two_is_refused_until_one_is_closed()
    {
        using var store = Parts.Store(Path);
        await store.Write(Batch(0, 3));
        var first = await store.Copy();
        await using (await store.Copy())
        {
            var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Copy());
            Assert.Contains("ask again", refused.Message);
            Assert.Equal(1, store.Limits().Last().Count);
        }
        await using (await store.Copy())
        {
            await first.DisposeAsync();
            await using var further = await store.Copy();
            Assert.True(further.Length > 0);
        }
        for (var i = 0; i < 5; i++) await (await store.Copy()).DisposeAsync();
    }

    [Fact]
    public async Task Without_room_the_store_says_so_keeps_what_it_has_and_goes_on_when_there_is_room()
    {
        await using (var log = SqliteLogs.Open(_folder.File("journal.db")))
        {
            var made = new MadeJournal("kill", 1);
            await log.Append(
                new LogPartition(LogTopics.Audit, 1), [.. Enumerable.Range(0, 4_000).Select(_ => made.Next())]);
        }
        var full = await Sinker("WithRecords", records: 1, blocksMax: 300);
        Assert.Contains("no room to write", full.Errors);
        using var meters = new PlainMeterFactory();
        await using var journal = Parts.Log(_folder.File("journal.db"), meters);
        using var store = Parts.Store(Path);
        var kept = (await store.Position(1)).Next;
        Assert.InRange(kept, 0, 3_999);
        using var sink = Parts.Sink(journal, store, new SinkProgress(meters), new DecisionSinkOptions());
        await sink.StartAsync(CancellationToken.None);
        await sink.StopAsync(CancellationToken.None);
        Assert.Equal(4_000, (await store.Position(1)).Next);
        Assert.Equal(4_000, StoreFile.Records(store, _folder).Where(row => row.Partition == 1).Distinct().Count());
    }

    [Fact]
    public async Task A_question_beyond_its_time_ends_with_a_message_and_further_ones_wait_and_are_counted()
    {
        using var store = new DuckDbStore(
            Options.Create(new DuckDbStoreOptions
            {
                Path = Path,
                QueriesMax = 1,
                QueryTimeout = TimeSpan.FromMilliseconds(1),
            }),
            TimeProvider.System);
        await store.Write(Batch(0, 50_000));
        var all = new StoreRange(0, long.MaxValue - 1, long.MaxValue / 100, null);
        var questions = Enumerable.Range(0, 8).Select(_ => store.Latencies(all).AsTask()).ToList();
        var refused = 0;
        foreach (var question in questions)
        {
            try
            {
                await question;
            }
            catch (StoreUnavailableException failure)
            {
                Assert.Matches("longer than Store:QueryTimeout|ask again later", failure.Message);
                refused++;
            }
        }
        Assert.True(refused > 0);
        Assert.True(store.Limits().First().Count > 0);
    }

    [Fact]
    public async Task A_sink_whose_store_cannot_be_used_says_so_and_harms_nobody()
    {
        await File.WriteAllTextAsync(Path, "no database at all");
        using var meters = new PlainMeterFactory();
        await using var log = Parts.Log(_folder.File("journal.db"), meters);
        using var store = Parts.Store(Path);
        var progress = new SinkProgress(meters);
        using var sink = Parts.Sink(
            log, store, progress, new DecisionSinkOptions { RetryInterval = TimeSpan.FromMilliseconds(20) });
        await sink.StartAsync(CancellationToken.None);
        while (progress.Current.Failures < 3)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(sink.ExecuteTask!.IsCompleted);
        Assert.Contains("decision store", progress.Current.Trouble);
        Assert.Equal(0, await log.Append(new LogPartition(LogTopics.Audit, 1), [new MadeJournal("x", 1).Next()]));
        File.Delete(Path);
        while (progress.Current is { Records: < 1 } or { Trouble.Length: > 0 })
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await sink.StopAsync(CancellationToken.None);
    }

    private static StoreBatch Batch(long first, int records) => new(
        1, first,
        [
            .. Enumerable.Range(0, records).Select(number => new RecordRow(
                first + number, RecordType.Skip, 1, new MadeChance($"{number}").Digest, Digest.Of([1]),
                RecordState.Taken, default)),
        ]);

    // sh counts in 512 bytes; the runtime makes a large file for the code that it compiles, unless told not to
    private static string LimitOf(int blocks) =>
        $"trap '' XFSZ; ulimit -f {blocks * 2}; export DOTNET_EnableWriteXorExecute=0";

    /// <summary>The sink as a process of its own, whose files may have so many blocks of 1,024 bytes.</summary>
    private async Task<(int Code, string Errors)> Sinker(string offsets, int records, int? blocksMax = null)
    {
        var program = System.IO.Path.Combine(
            TestData.Repository, "artifacts", "bin", "Mev.Journal.Sinker",
            new DirectoryInfo(AppContext.BaseDirectory).Name, "Mev.Journal.Sinker");
        var limit = blocksMax is { } most ? $"{LimitOf(most)}; " : "";
        using var process = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList =
            {
                "-c", $"{limit}exec \"$0\" \"$@\"", program, _folder.File("journal.db"), Path, offsets, $"{records}",
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await errors);
    }
}
