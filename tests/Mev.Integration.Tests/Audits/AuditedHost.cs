using System.Diagnostics;
using Mev.Adapters.Solana.Signing.Keys;
using Mev.Control.Checkpoints;
using Mev.Control.Signatures;
using Microsoft.Data.Sqlite;

namespace Mev.Integration.Tests.Audits;

/// <summary>Hosts of development whose journal is signed, in folders of their own.</summary>
internal sealed class AuditedHost(string folder, HostProcess host) : IAsyncDisposable
{
    private static readonly string[] Development = ["ASPNETCORE_ENVIRONMENT=Development"];

    public static string Mevctl { get; } = Programs.PathOf("Mev.Cli", "mevctl");

    public HostProcess Host { get; } = host;

    public string Folder { get; } = folder;

    public static string Journal(string folder) => Path.Combine(folder, "data", "journal.db");

    public static string Checkpoints(string folder, int partition) =>
        CheckpointTerms.FileIn(CheckpointTerms.FolderOf(CheckpointTerms.FolderBeside(Journal(folder)), partition));

    /// <summary>A host as it is when it answers.</summary>
    public static async Task<AuditedHost> Start(string folder, params string[] settings) =>
        new(folder, await HostProcess.StartWith(Programs.FreePorts(3), folder, Development, settings));

    /// <summary>A host that has taken its feed to the end and signed all of it.</summary>
    public static async Task<AuditedHost> StartComplete(string folder, params string[] settings)
    {
        var started = await Start(folder, settings);
        await started.Host.Until(async () => (await started.Host.Get("/v1/overview")).GetProperty("feed")
            .GetProperty("isComplete").GetBoolean() && await started.SignedSize(1) > 5);
        return started;
    }

    /// <summary>What the log is known by.</summary>
    public async Task<string> LogKey() => (await Host.Get("/v1/audit")).GetProperty("key").GetString()!;

    public async Task<long> SignedSize(int partition) =>
        (await Host.Get("/v1/audit")).GetProperty("partitions")[partition].GetProperty("size").GetInt64();

    public async Task<string> NewestNote(int partition) =>
        (await Host.Get($"/v1/audit/{partition}/checkpoint")).GetProperty("note").GetString()!;

    /// <summary>A key of a witness in a file of its own, and what it is known by.</summary>
    public static (string File, NoteKey Key) NewWitness(string folder)
    {
        var file = Path.Combine(folder, "witness.json");
        PrivateFile.Create(file, PrivateJwk.New(out var key));
        return (file, NoteKey.OfWitness("witness.local/w1", key));
    }

    /// <summary>A witness that goes on until it is killed.</summary>
    public Process StartWitness(string key, string log, string state, int port) => Programs.Start(Mevctl, Folder,
    [
        "audit", "witness", "--key", key, "--log-key", log, "--state", state, "--url", $"{Host.Url}", "--listen",
        $"http://127.0.0.1:{port}",
    ]);

    /// <summary>Copies a folder with all that is in it.</summary>
    public static async Task<string> Copy(string from, string to)
    {
        var copied = await Programs.Run("/bin/cp", from, "-a", Path.Combine(from, "data"), to);
        Assert.True(copied.Code == 0, copied.All);
        return to;
    }

    /// <summary>Changes a journal behind the platform's back.</summary>
    public static void Sql(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Journal(folder)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0, sql);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
