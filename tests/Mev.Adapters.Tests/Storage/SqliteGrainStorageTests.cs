using Mev.Adapters.Tests.Journal;
using Mev.Journal.Sqlite;
using Mev.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Mev.Adapters.Tests.Storage;

public sealed class SqliteGrainStorageTests : IAsyncLifetime
{
    private const string Name = "count";
    private static readonly GrainId Grain = GrainId.Create("count", "7");

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private SqliteGrainStorage _storage = null!;

    private string File => _folder.File("state.db");

    public ValueTask InitializeAsync()
    {
        _storage = Open();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Writes_are_synced_to_disk() => Assert.Equal(Sql.SynchronousFull, _storage.Synchronous);

    [Fact]
    public async Task What_was_never_written_does_not_exist_and_is_initial()
    {
        var state = await Read();

        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
        Assert.Equal(new CountState(), state.State);
    }

    [Fact]
    public async Task A_written_state_is_read_with_its_etag()
    {
        var written = await Write(State(5));

        var read = await Read();

        Assert.Equal(new CountState { Count = 5 }, read.State);
        Assert.True(written.RecordExists && read.RecordExists);
        Assert.Equal(("1", "1"), (written.ETag, read.ETag));
    }

    [Fact]
    public async Task Each_write_has_the_next_etag()
    {
        var state = await Write(State(5));
        state.State = new CountState { Count = 6 };

        await Write(state);

        Assert.Equal("2", state.ETag);
        Assert.Equal(6, (await Read()).State!.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData("3")]
    [InlineData("no number")]
    public async Task A_write_or_clear_with_another_etag_changes_nothing(string? etag)
    {
        await Write(await Write(State(5)));
        var stale = State(9, etag);

        var failure = await Assert.ThrowsAsync<InconsistentStateException>(() => Write(stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Clear(State(9, etag)));

        Assert.Equal(("2", etag ?? string.Empty), (failure.StoredEtag, failure.CurrentEtag));
        Assert.Equal(etag, stale.ETag);
        Assert.Equal(("2", 5L), ((await Read()).ETag, (await Read()).State!.Count));
    }

    [Fact]
    public async Task A_write_with_an_etag_where_nothing_is_stored_conflicts()
        => await Assert.ThrowsAsync<InconsistentStateException>(() => Write(State(1, "4")));

    [Fact]
    public async Task A_cleared_state_keeps_its_etag_and_can_be_written_again_also_by_a_new_activation()
    {
        var state = await Write(State(5));
        await Clear(state);

        var afterClear = await Read();
        Assert.Equal(("2", "2"), (state.ETag, afterClear.ETag));
        Assert.False(state.RecordExists || afterClear.RecordExists);
        Assert.Equal((new CountState(), new CountState()), (state.State, afterClear.State));

        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(State(1))); // a writer that never read it
        afterClear.State = new CountState { Count = 8 };
        await Write(afterClear);
        Assert.Equal(("3", 8L, true), ((await Read()).ETag, (await Read()).State!.Count, (await Read()).RecordExists));
    }

    [Fact]
    public async Task Grains_and_state_names_do_not_meet()
    {
        var other = State(2);
        await Write(State(1));
        await _storage.WriteStateAsync("other", Grain, other);
        await _storage.WriteStateAsync(Name, GrainId.Create("count", "8"), State(3));

        Assert.Equal(1, (await Read()).State!.Count);
    }

    [Fact]
    public async Task Of_many_writers_with_one_etag_one_wins()
    {
        var etag = (await Write(State(0))).ETag;

        var writes = await Task.WhenAll(Enumerable.Range(1, 64).Select(async i =>
        {
            try
            {
                await Write(State(i, etag));
                return i;
            }
            catch (InconsistentStateException)
            {
                return 0;
            }
        }));

        var winner = Assert.Single(writes, i => i > 0);
        Assert.Equal(winner, (await Read()).State!.Count);
    }

    [Fact]
    public async Task States_are_there_after_reopening()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => _storage.WriteStateAsync(
            Name, GrainId.Create("count", $"{i}"), State(i))));

        await _storage.DisposeAsync();
        _storage = Open();

        for (var i = 0; i < 500; i++)
        {
            var read = new GrainState<CountState>();
            await _storage.ReadStateAsync(Name, GrainId.Create("count", $"{i}"), read);
            Assert.Equal(((long)i, "1"), (read.State!.Count, read.ETag));
        }
    }

    [Fact]
    public async Task A_locked_file_fails_the_write_and_leaves_state_and_etag()
    {
        var state = await Write(State(5));
        using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            other.Open();
            using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            begin.ExecuteNonQuery();
            state.State = new CountState { Count = 6 };

            var failure = await Assert.ThrowsAsync<SqliteUnavailableException>(() => Write(state));

            Assert.Equal(SqliteFailure.Locked, failure.Failure);
            Assert.Contains(File, failure.Message, StringComparison.Ordinal);
            Assert.Equal("1", state.ETag);
            Assert.Equal(5, (await Read()).State!.Count);
        }
    }

    [Fact]
    public async Task A_second_owner_is_refused()
        => Assert.Equal(SqliteFailure.Owned, Assert.Throws<SqliteUnavailableException>(() => Open()).Failure);

    [Fact]
    public async Task A_cancelled_write_does_not_happen()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _storage.WriteStateAsync(Name, Grain, State(5), cancelled.Token));

        Assert.Null((await Read()).ETag);
    }

    private SqliteGrainStorage Open() => new(
        Options.Create(new SqliteStorageOptions { Path = File, BusyTimeout = TimeSpan.FromMilliseconds(20) }),
        new OrleansGrainStorageSerializer(_services.GetRequiredService<Serializer>()),
        _services.GetRequiredService<IActivatorProvider>(),
        TimeProvider.System,
        NullLogger<SqliteGrainStorage>.Instance);

    private static GrainState<CountState> State(long count, string? etag = null)
        => new GrainState<CountState>(new CountState { Count = count }, etag!);

    private async Task<GrainState<CountState>> Read()
    {
        var state = new GrainState<CountState>();
        await _storage.ReadStateAsync(Name, Grain, state);
        return state;
    }

    private async Task<GrainState<CountState>> Write(GrainState<CountState> state)
    {
        await _storage.WriteStateAsync(Name, Grain, state);
        return state;
    }

    private Task Clear(GrainState<CountState> state) => _storage.ClearStateAsync(Name, Grain, state);
}
