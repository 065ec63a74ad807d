using System.Net;
using System.Text.Json;
using Mev.Control.Commands;
using Mev.Control.Signatures;

namespace Mev.Integration.Tests.Audits;

/// <summary>A journal that was changed is named, record by record, and nothing is decided on it.</summary>
public sealed class ChangedJournalTests(SignedRun run) : IClassFixture<SignedRun>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("changed-journal-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task As_it_was_signed_it_is_well_with_its_last_record()
    {
        var well = await Verify(await Copied());
        Assert.True(well.Code == 0, well.All);
        Assert.Contains("Everything is as it was signed", well.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"partition 1: {run.Size} records, {run.Size} of them under", well.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Changes => new()
    {
        {
            "UPDATE audit_log SET bytes = CAST(x'00' || substr(bytes, 2) AS BLOB) WHERE partition = 1 AND seq = 4",
            "partition 1, record 4: changed"
        },
        {
            "DELETE FROM audit_log WHERE partition = 1 AND seq = 3", "partition 1, record 3: missing"
        },
        {
            "DELETE FROM audit_log WHERE partition = 0 AND seq = 1", "partition 0, record 1: missing"
        },
        {
            // -1 - 5 and -1 - 2 stand for the place of the other: a key cannot be two for a moment
            """
            UPDATE audit_log SET seq = -1 - seq WHERE partition = 1 AND seq IN (2, 5);
            UPDATE audit_log SET seq = 7 - (-1 - seq) WHERE partition = 1 AND seq < 0
            """,
            "partition 1, records 2 and 5: swapped"
        },
        {
            """
            UPDATE audit_log SET seq = -1 - seq WHERE partition = 1 AND seq >= 3;
            INSERT INTO audit_log SELECT partition, 3, record_type, recorded_ns, key, leaf_hash, bytes
                FROM audit_log WHERE partition = 1 AND seq = 0;
            UPDATE audit_log SET seq = -seq WHERE partition = 1 AND seq < 0
            """,
            "partition 1, record 3: inserted"
        },
        {
            """
            DELETE FROM audit_log WHERE partition = 1 AND seq = 3;
            UPDATE audit_log SET seq = -seq WHERE partition = 1 AND seq > 3;
            UPDATE audit_log SET seq = -seq - 1 WHERE partition = 1 AND seq < 0
            """,
            "partition 1, record 3: missing"
        },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_is_named_by_partition_and_record(string sql, string finding)
    {
        var folder = await Copied();
        AuditedHost.Sql(folder, sql);

        var verified = await Verify(folder);

        Assert.True(verified.Code == 6, verified.All);
        Assert.Contains(finding, verified.Output, StringComparison.Ordinal);
        Assert.Single(verified.Output.Split('\n'), line => line.Contains(", record", StringComparison.Ordinal));
        var json = JsonDocument.Parse((await Verify(folder, "--json")).Output).RootElement;
        Assert.False(json.GetProperty("isWell").GetBoolean());
    }

    [Fact]
    public async Task A_host_on_it_decides_and_signs_nothing_says_why_and_still_stops()
    {
        var folder = await Copied();
        AuditedHost.Sql(folder, "UPDATE audit_log SET leaf_hash = zeroblob(32) WHERE partition = 1 AND seq = 3");
        var before = await File.ReadAllTextAsync(AuditedHost.Checkpoints(folder, 1));
        await using var host = await AuditedHost.Start(folder, HostProcess.Generator(400));

        using (var ready = await host.Host.Http.GetAsync(new Uri("/health/ready", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            var detail = await ready.Content.ReadAsStringAsync();
            Assert.Contains("partition 1: record 3 of the journal is another one", detail, StringComparison.Ordinal);
        }
        Assert.Contains(host.Host.Lines, line => line.Contains("AUDIT ALARM, partition 1", StringComparison.Ordinal));
        using var key = PrivateJwk.Read(
            await File.ReadAllBytesAsync(Path.Combine(folder, "data", "keys", "operator-1.json")))!;
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, TestContext.Current.CancellationToken);
        var policy = (await host.Host.Get("/v1/policy")).GetProperty("policy");
        Assert.True(policy.GetProperty("isStopped").GetBoolean()); // by itself
        Assert.Contains("audit_unavailable", await Send(host, key, CommandEndpoints.Commands, new { op = "ping" }));
        Assert.Contains("\"effective\":true", await Send(
            host, key, CommandEndpoints.Stop, new { op = "stop", scope = "global", reason = "the audit" }));
        var served = await host.Host.Mevctl("audit", "verify", "--log-key", run.LogKey);
        Assert.True(served.Code == 6, served.All);
        Assert.Contains("partition 1, record 3: the leaf hash", served.Output, StringComparison.Ordinal);
        await host.Host.Terminate();
        Assert.Equal(before, await File.ReadAllTextAsync(AuditedHost.Checkpoints(folder, 1)));
    }

    [Fact]
    public async Task Files_alone_are_not_believed()
    {
        var journal = AuditedHost.Journal(await Copied());
        var unpinned = await Programs.Run(
            AuditedHost.Mevctl, _folder.FullName, "audit", "verify", "--journal", journal);
        Assert.Equal(2, unpinned.Code);
        Assert.Contains("--log-key", unpinned.Errors, StringComparison.Ordinal);
        var other = run.LogKey.Replace("mev.local+", "mev.other+", StringComparison.Ordinal);
        var wrong = await Programs.Run(
            AuditedHost.Mevctl, _folder.FullName, "audit", "verify", "--journal", journal, "--log-key", other);
        Assert.Equal(2, wrong.Code); // its id does not fit its name
        var missing = await Programs.Run(
            AuditedHost.Mevctl, _folder.FullName, "audit", "verify", "--journal", journal + "x", "--log-key",
            run.LogKey);
        Assert.Equal(5, missing.Code);
    }

    private Task<string> Copied() => AuditedHost.Copy(run.Folder, _folder.FullName);

    private Task<Programs.Finished> Verify(string folder, params string[] more) => Programs.Run(
        AuditedHost.Mevctl, folder,
        ["audit", "verify", "--journal", AuditedHost.Journal(folder), "--log-key", run.LogKey, .. more]);

    private static async Task<string> Send(AuditedHost host, Ed25519PrivateKey key, string path, object command)
    {
        var now = TimeProvider.System.GetUtcNow();
        var signed = new CommandSigner(key, host.Host.Url.Authority).Sign(
            path, JsonSerializer.SerializeToUtf8Bytes(command), Guid.CreateVersion7(now),
            Guid.CreateVersion7(now).ToByteArray(), now.ToUnixTimeSeconds());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new ByteArrayContent(signed.Body.ToArray()),
        };
        foreach (var line in signed.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(line.Name, line.Value))
                request.Content.Headers.TryAddWithoutValidation(line.Name, line.Value);
        }
        using var answer = await host.Host.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
