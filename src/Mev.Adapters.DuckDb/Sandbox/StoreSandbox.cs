using System.Globalization;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Mev.Journal.Stores;

namespace Mev.Adapters.DuckDb.Sandbox;

/// <summary>
/// A copy of a decision store for questions of one's own: read-only, without files, network or extensions, and with
/// settings that no question can change. What it cannot bound by itself, the process around it has to.
/// </summary>
public sealed class StoreSandbox : IDisposable
{
    // That there is no folder to spill to can be said only once the copy is open: a connection string drops an empty
    // value, and opening names a folder beside the file, whose bound did not hold when it was given before.
    private static readonly string[] Closing =
    [
        "SET temp_directory = ''",
        "SET max_temp_directory_size = '0KB'",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ];

    private readonly SandboxLimits _limits;
    private readonly TimeProvider _time;
    private readonly DuckDBConnection _connection;

    private StoreSandbox(DuckDBConnection connection, SandboxLimits limits, TimeProvider time) =>
        (_connection, _limits, _time) = (connection, limits, time);

    /// <summary>Opens the copy of a store.</summary>
    /// <exception cref="StoreUnavailableException">It is no decision store, or damaged.</exception>
    public static StoreSandbox Open(string path, SandboxLimits limits, TimeProvider time)
    {
        var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(path),
            ["access_mode"] = "READ_ONLY",
            ["threads"] = "1",
            ["memory_limit"] = string.Create(CultureInfo.InvariantCulture, $"{limits.MemoryBytes}B"),
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
            ["allow_community_extensions"] = "false",
        }.ConnectionString);
        try
        {
            connection.Open();
            foreach (var setting in Closing) connection.Run(setting);
            _ = connection.Number("SELECT format FROM store_format");
            return new StoreSandbox(connection, limits, time);
        }
        catch (Exception failure) when (DuckDbErrors.IsOfStore(failure))
        {
            connection.Dispose();
            throw DuckDbErrors.Explain(path, failure);
        }
    }

    /// <summary>Runs one statement.</summary>
    /// <exception cref="SandboxRefusedException">
    /// It is not one statement, DuckDB refuses it, or it takes more than it may.
    /// </exception>
    public SandboxAnswer Run(string sql, CancellationToken cancellationToken = default)
    {
        var statements = NativeMethods.ExtractStatements.DuckDBExtractStatements(
            _connection.NativeConnection, sql, out var extracted);
        using (extracted)
        {
            if (statements > 1)
                throw new SandboxRefusedException($"one statement at a time is run, and these are {statements}");
        }
        using var timeout = new CancellationTokenSource(_limits.Time, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var interrupt = either.Token.Register(
            () => NativeMethods.Startup.DuckDBInterrupt(_connection.NativeConnection));
        try
        {
            return Read(sql);
        }
        catch (Exception failure) when (failure is DuckDBException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (timeout.IsCancellationRequested) throw new SandboxRefusedException(TimeText(_limits), failure);
            throw new SandboxRefusedException(failure.Message, failure);
        }
    }

    /// <summary>What a question is told that takes longer than it may.</summary>
    public static string TimeText(SandboxLimits limits) => string.Create(
        CultureInfo.InvariantCulture,
        $"the question was ended after {limits.Time.TotalSeconds:0.###} s. Ask for less, or raise --timeout.");

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private SandboxAnswer Read(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        var columns = Enumerable.Range(0, reader.FieldCount)
            .Select(column => (reader.GetName(column), reader.GetDataTypeName(column))).ToList();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            if (rows.Count == _limits.RowsMax) return new SandboxAnswer(columns, rows, IsCut: true);
            var row = new object?[columns.Count];
            for (var column = 0; column < row.Length; column++)
                row[column] = reader.IsDBNull(column) ? null : reader.GetValue(column);
            rows.Add(row);
        }
        return new SandboxAnswer(columns, rows, IsCut: false);
    }
}
