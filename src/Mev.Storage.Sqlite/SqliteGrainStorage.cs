using System.Globalization;
using Mev.Domain.Limits;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Mev.Storage.Sqlite;

/// <summary>
/// Grain states in one SQLite file: a write returns once it is synced to disk, together with the others of its commit.
/// A write or clear with an ETag that is not the stored one changes nothing and throws
/// <see cref="InconsistentStateException"/>. A file that cannot be written or read throws
/// <see cref="SqliteUnavailableException"/>, which names it and the remedy.
/// </summary>
public sealed class SqliteGrainStorage : IGrainStorage, IAsyncDisposable, IDisposable
{
    // 'MEVS' as SQLite's application_id.
    private const int ApplicationId = 0x4D455653;
    private const int SchemaVersion = 1;

    private readonly IGrainStorageSerializer _serializer;
    private readonly IActivatorProvider _activators;
    private readonly StateTables _tables = new();
    private readonly SqliteGroupCommit _writer;

    /// <summary>Opens the file and makes the table when it is missing.</summary>
    /// <exception cref="SqliteUnavailableException">
    /// Another process has the file, or it is damaged, read-only, another program's, or cannot be opened.
    /// </exception>
    public SqliteGrainStorage(
        IOptions<SqliteStorageOptions> options,
        IGrainStorageSerializer serializer,
        IActivatorProvider activators,
        TimeProvider time,
        ILogger<SqliteGrainStorage> logger)
    {
        (_serializer, _activators) = (serializer, activators);
        _writer = new SqliteGroupCommit(Settings(options.Value), _tables, options.Value.ReadersMax, time, logger);
    }

    /// <summary>The tables of the file.</summary>
    internal StateTables Tables => _tables;

    /// <summary>The file's only writer.</summary>
    internal SqliteGroupCommit Writer => _writer;

    /// <inheritdoc cref="SqliteGroupCommit.Synchronous"/>
    internal long Synchronous => _writer.Synchronous;

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        => ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <summary>Reads state and ETag. A cleared state is the initial one with its ETag, and does not exist.</summary>
    public async Task ReadStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var row = await Read(Key(stateName, grainId), cancellationToken);
        grainState.State = row.Data is null ? Initial<T>() : _serializer.Deserialize<T>(new BinaryData(row.Data));
        grainState.RecordExists = row.Data is not null;
        grainState.ETag = row.ETag == 0 ? null : Text(row.ETag);
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        => WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <summary>Writes the state and sets its new ETag.</summary>
    /// <exception cref="InconsistentStateException">The stored ETag is another one.</exception>
    public async Task WriteStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var data = _serializer.Serialize(grainState.State).ToMemory();
        grainState.ETag = await Write(stateName, grainId, data, grainState.ETag, cancellationToken);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        => ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <summary>Clears the state; a row with its ETag remains, so that a stale writer still conflicts.</summary>
    /// <exception cref="InconsistentStateException">The stored ETag is another one.</exception>
    public async Task ClearStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        grainState.ETag = await Write(stateName, grainId, null, grainState.ETag, cancellationToken);
        grainState.State = Initial<T>();
        grainState.RecordExists = false;
    }

    /// <summary>Whether the file holds the state of any grain.</summary>
    public async ValueTask<bool> HasStates(CancellationToken cancellationToken = default)
        => await _writer.Readers.Read(
            static (reader, query) => IsAny(reader.Statement(query)), GrainStateTable.SelectAny, cancellationToken);

    /// <summary>Its bounded places with their counts as of now.</summary>
    public IEnumerable<LimitCount> Limits() => _writer.Limits("storage");

    /// <summary>Writes what waits, then closes the file.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => _writer.Dispose();

    private static string Key(string stateName, GrainId grainId) => $"{stateName}/{grainId}";

    private T Initial<T>() => _activators.GetActivator<T>().Create();

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    private async Task<string> Write(
        string stateName, GrainId grainId, ReadOnlyMemory<byte>? data, string? expected, CancellationToken cancellation)
    {
        var key = Key(stateName, grainId);
        long expectedETag = 0;
        if (expected is null || long.TryParse(expected, CultureInfo.InvariantCulture, out expectedETag))
        {
            var write = new GrainStateWrite(_tables.GrainStates, key, data, expectedETag);
            if (await _writer.Run(write, cancellation) is { } etag) return Text(etag);
        }
        var stored = await Read(key, cancellation);
        throw new InconsistentStateException(
            $"state {key}: expected ETag {expected ?? "none"}, stored {Text(stored.ETag)}; another activation wrote it",
            Text(stored.ETag),
            expected ?? string.Empty);
    }

    private ValueTask<GrainStateRow> Read(string key, CancellationToken cancellation)
        => _writer.Readers.Read(Find, key, cancellation);

    private static GrainStateRow Find(SqliteReader reader, string key)
    {
        var rows = reader.Statement(GrainStateTable.Select);
        rows.Bind(1, key);
        var row = rows.Step()
            ? new GrainStateRow(rows.IsNull(0) ? null : StateProof.Open(key, rows.Bytes(0)), rows.Number(1))
            : default;
        rows.Reset();
        return row;
    }

    private static bool IsAny(SqliteStatement exists)
    {
        var isAny = exists.Step() && exists.Number(0) != 0;
        exists.Reset();
        return isAny;
    }

    private static SqliteGroupCommitSettings Settings(SqliteStorageOptions options) => new()
    {
        Path = options.Path,
        ApplicationId = ApplicationId,
        SchemaVersion = SchemaVersion,
        QueueOperationsMax = options.QueueWritesMax,
        QueueBytesMax = options.QueueBytesMax,
        CommitRecordsMax = options.CommitWritesMax,
        CommitBytesMax = options.CommitBytesMax,
        WaitMax = options.WriteTimeout,
        BusyTimeout = options.BusyTimeout,
        ProbeInterval = options.ProbeInterval,
        CheckpointBytes = options.CheckpointBytes,
        FileBytesMax = options.FileBytesMax,
    };
}
