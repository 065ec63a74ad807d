using Mev.Adapters.DuckDb.Sandbox;
using Mev.Journal.Sinker;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Rows;

namespace Mev.Adapters.Tests.Stores;

/// <summary>Questions of one's own: what they may, and everything that they may not.</summary>
public sealed class StoreSandboxTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("copy.duckdb");

    public async ValueTask InitializeAsync()
    {
        using var store = Parts.Store(_folder.File("decisions.duckdb"));
        await store.Write(new StoreBatch(
            1, 0, [new RecordRow(0, Mev.Journal.RecordType.Skip, 1, default, default, RecordState.Taken, default)]));
        await using var copy = await store.Copy();
        await using var file = File.Create(Path);
        await copy.CopyToAsync(file);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("SELECT count(*) FROM records", "1")]
    [InlineData("SELECT ';' AS \"a;b\" -- ; nothing", ";")]
    [InlineData("WITH a AS (SELECT 42 AS it) SELECT it FROM a;", "42")]
    [InlineData("EXPLAIN SELECT 1", "physical_plan")]
    [InlineData("DESCRIBE decisions", "partition")]
    [InlineData("SELECT current_setting('threads')", "1")]
    [InlineData("SELECT current_setting('temp_directory')", "")]
    public void A_question_is_answered(string sql, string first) =>
        Assert.Equal(first, $"{Ask(sql).Rows[0][0]}");

    [Theory]
    [InlineData("ATTACH 'other.duckdb'")]
    [InlineData("ATTACH 'other.duckdb' AS it (READ_ONLY)")]
    [InlineData("ATTACH ':memory:' AS it")]
    [InlineData("COPY records TO 'FOLDER/out.csv'")]
    [InlineData("COPY (SELECT 1) TO 'FOLDER/out.parquet' (FORMAT parquet)")]
    [InlineData("EXPORT DATABASE 'FOLDER/out'")]
    [InlineData("IMPORT DATABASE 'FOLDER'")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM read_blob('/etc/passwd')")]
    [InlineData("SELECT * FROM read_json('/etc/passwd')")]
    [InlineData("SELECT * FROM read_parquet('https://127.0.0.1:9/x')")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM glob('/*')")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("LOAD 'FOLDER/it.duckdb_extension'")]
    [InlineData("CREATE SECRET it (TYPE s3)")]
    [InlineData("PRAGMA memory_limit='10GB'")]
    [InlineData("SET memory_limit = '10GB'")]
    [InlineData("RESET memory_limit")]
    [InlineData("SET threads = 8")]
    [InlineData("SET temp_directory = '/tmp'")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET lock_configuration = false")]
    [InlineData("PRAGMA enable_profiling='json'")]
    [InlineData("PRAGMA profile_output='FOLDER/out'")]
    [InlineData("CREATE TABLE it (a INTEGER)")]
    [InlineData("CREATE VIEW it AS SELECT 1")]
    [InlineData("INSERT INTO sink_position VALUES (1, 1, '')")]
    [InlineData("UPDATE sink_position SET next_seq = 0")]
    [InlineData("DELETE FROM records")]
    [InlineData("DROP TABLE records")]
    [InlineData("SELECT getenv('HOME')")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1; ATTACH 'x'")]
    [InlineData("SELEC 1")]
    [InlineData("SELECT * FROM nothing")]
    public void What_reaches_out_changes_something_or_is_no_question_is_refused_and_leaves_nothing(string sql)
    {
        var before = Directory.GetFileSystemEntries(_folder.File("")).Order().ToList();
        var refusal = Assert.Throws<SandboxRefusedException>(
            () => Ask(sql.Replace("FOLDER", _folder.File(""), StringComparison.Ordinal)));
        Assert.NotEmpty(refusal.Message);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.File("")).Order());
    }

    [Theory]
    [InlineData("CALL enable_logging(storage = 'file', storage_path = 'FOLDER/out')")]
    [InlineData("CREATE TEMP TABLE it AS SELECT 1 AS a")]
    [InlineData("CHECKPOINT")]
    [InlineData("VACUUM")]
    public void What_DuckDB_takes_without_harm_leaves_nothing(string sql)
    {
        var before = Directory.GetFileSystemEntries(_folder.File("")).Order().ToList();
        var bytes = File.ReadAllBytes(Path);
        Ask(sql.Replace("FOLDER", _folder.File(""), StringComparison.Ordinal));
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.File("")).Order());
        Assert.Equal(bytes, File.ReadAllBytes(Path));
    }

    [Theory]
    [InlineData("SELECT sum(range % 7) FROM range(1000000000000000)")]
    [InlineData("WITH RECURSIVE it(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM it) SELECT max(n) FROM it")]
    public void An_endless_question_ends_in_its_time(string sql)
    {
        var started = TimeProvider.System.GetTimestamp();
        var refusal = Assert.Throws<SandboxRefusedException>(() => Ask(sql, seconds: 1));
        Assert.Contains("after 1 s", refusal.Message);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_question_that_takes_more_memory_than_it_may_is_refused()
    {
        var refusal = Assert.Throws<SandboxRefusedException>(
            () => Ask("SELECT list(range) FROM range(100000000)", seconds: 60));
        Assert.Contains("Out of Memory", refusal.Message);
    }

    [Theory]
    [InlineData("CREATE TEMP TABLE it AS SELECT uuid() AS a FROM range(16000000)")]
    [InlineData("SELECT max(n) FROM (SELECT row_number() OVER (ORDER BY uuid()) AS n FROM range(16000000))")]
    public void A_question_that_would_need_a_disk_is_refused_and_puts_nothing_there(string sql)
    {
        var before = Directory.GetFileSystemEntries(_folder.File("")).Order().ToList();
        var limits = new SandboxLimits(TimeSpan.FromSeconds(60), 128L << 20, 100);
        using var sandbox = StoreSandbox.Open(Path, limits, TimeProvider.System);
        var refusal = Assert.Throws<SandboxRefusedException>(() => sandbox.Run(sql));
        Assert.Contains("Out of Memory", refusal.Message);
        // while it is open: what DuckDB spills to is removed when it is closed
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.File("")).Order());
    }

    [Fact]
    public void Rows_beyond_the_bound_are_left_out_and_said()
    {
        var answer = Ask("SELECT * FROM range(1000000)", rows: 10);
        Assert.True(answer.IsCut);
        Assert.Equal(10, answer.Rows.Count);
    }

    [Fact]
    public void What_is_no_store_is_refused()
    {
        File.WriteAllText(Path, "no store");
        var failure = Assert.Throws<StoreUnavailableException>(() => Ask("SELECT 1"));
        Assert.Contains("copy.duckdb", failure.Message);
    }

    [Fact]
    public void A_store_at_rest_is_copied_and_one_that_is_not_there_is_named()
    {
        StoreFileCopy.Make(_folder.File("decisions.duckdb"), Path);
        Assert.Equal("1", $"{Ask("SELECT count(*) FROM records").Rows[0][0]}");
        var missing = Assert.Throws<StoreUnavailableException>(() => StoreFileCopy.Make(_folder.File("none"), Path));
        Assert.Contains("is not there", missing.Message);
    }

    private SandboxAnswer Ask(string sql, int seconds = 20, int rows = 100)
    {
        var limits = new SandboxLimits(TimeSpan.FromSeconds(seconds), 128L << 20, rows);
        using var sandbox = StoreSandbox.Open(Path, limits, TimeProvider.System);
        return sandbox.Run(sql, CancellationToken.None);
    }
}
