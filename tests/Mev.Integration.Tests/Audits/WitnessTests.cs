using System.Text.Json;
using Mev.Fixtures;
using Mev.Fixtures.Node;

namespace Mev.Integration.Tests.Audits;

/// <summary>A witness with a key of its own cosigns one history, and a log that has two is found out.</summary>
public sealed class WitnessTests : IDisposable
{
    private static readonly NodePackages Compiler = new(
        "the compiler of the second verifier",
        Path.Combine(TestData.Repository, "tests", "Mev.Integration.Tests", "Audits", "Verifier"), "audit-verifier");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("witness-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_served_and_cosigned_is_verified_by_mevctl_and_by_a_verifier_that_shares_no_code()
    {
        var (file, witness) = AuditedHost.NewWitness(_folder.FullName);
        var port = Programs.FreePorts(1)[0];
        await using var host = await AuditedHost.StartComplete(
            _folder.CreateSubdirectory("log").FullName,
            [.. HostProcess.Generator(400), "--Gateway:Witnesses:0:Url", $"http://127.0.0.1:{port}",
                "--Gateway:Witnesses:0:Key", $"{witness}"]);
        var log = await host.LogKey();
        using var process = host.StartWitness(file, log, State, port);
        try
        {
            await host.Host.Until(async () => await Cosigned(host, 0) >= 2 && await Cosigned(host, 1) > 5);

            var verified = await host.Host.Mevctl("audit", "verify", "--log-key", log, "--witness-key", $"{witness}");
            Assert.True(verified.Code == 0, verified.All);
            Assert.Contains("cosigned by witness.local/w1", verified.Output, StringComparison.Ordinal);
            var offline = await Programs.Run(
                AuditedHost.Mevctl, host.Folder, "audit", "verify", "--journal", AuditedHost.Journal(host.Folder),
                "--log-key", log, "--witness-key", $"{witness}", "--cosigned", State, "--json");
            Assert.True(offline.Code == 0, offline.All);
            Assert.All(
                JsonDocument.Parse(offline.Output).RootElement.GetProperty("partitions").EnumerateArray(),
                each => Assert.True(each.GetProperty("cosignedSize").GetInt64() > 0));

            var counts = await SecondVerifier($"{host.Host.Url}".TrimEnd('/'), log, $"{witness}");
            foreach (var count in new[] { "records", "checkpoints", "inclusions", "cosigned" })
                Assert.True(counts.GetProperty(count).GetInt32() > 1, $"{counts}");
            await ProofsOfDecisions(host);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task A_log_with_two_histories_or_less_than_before_ends_the_witness_with_an_alarm()
    {
        var (file, witness) = AuditedHost.NewWitness(_folder.FullName);
        var first = _folder.CreateSubdirectory("first").FullName;
        var second = _folder.CreateSubdirectory("second").FullName;
        string log;
        await using (var host = await AuditedHost.StartComplete(first, HostProcess.Generator(400)))
        {
            log = await host.LogKey();
            var cosigned = await Witness(host, file, log);
            Assert.True(cosigned.Code == 0, cosigned.All);
            Assert.Contains("partition 1: cosigned", cosigned.Output, StringComparison.Ordinal);
            Assert.Equal(0, (await Witness(host, file, log)).Code); // nothing new, or what is
        }
        Directory.CreateDirectory(Path.Combine(second, "data", "keys"));
        File.Copy(KeyOf(first), KeyOf(second)); // the same key signs another journal

        string[] short2 = ["--Feed:Source", "Generator", "--Generator:Transactions", "5", "--Generator:Seed", "12"];
        await using (var shorter = await AuditedHost.Start(second, short2))
        {
            await shorter.Host.Until(async () => await shorter.SignedSize(0) > 0);
            var alarm = await Witness(shorter, file, log);
            Assert.True(alarm.Code == 6, alarm.All);
            Assert.Contains("AUDIT ALARM, mev.local partition", alarm.Errors, StringComparison.Ordinal);
            Assert.NotEmpty(Directory.GetFiles(State, "*.alarm"));
        }
        await using (var again = await AuditedHost.Start(first, HostProcess.Generator(400)))
            Assert.Equal(0, (await Witness(again, file, log)).Code); // its state is still that of the first history

        // and the log itself is told by what the witness shows
        var port = Programs.FreePorts(1)[0];
        await using var host2 = await AuditedHost.Start(second, [.. short2,
            "--Gateway:Witnesses:0:Url", $"http://127.0.0.1:{port}", "--Gateway:Witnesses:0:Key", $"{witness}"]);
        using var away = Programs.Start(AuditedHost.Mevctl, second,
        [
            "audit", "witness", "--key", file, "--log-key", log, "--state", State, "--url", "http://127.0.0.1:1",
            "--listen", $"http://127.0.0.1:{port}",
        ]);
        try
        {
            await host2.Host.Until(async () =>
            {
                using var ready = await host2.Host.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                return (await ready.Content.ReadAsStringAsync()).Contains("that is not in its history");
            });
        }
        finally
        {
            away.Kill();
        }
    }

    private string State => Path.Combine(_folder.FullName, "state");

    private static string KeyOf(string folder) => Path.Combine(folder, "data", "keys", "audit-log.json");

    private Task<Programs.Finished> Witness(AuditedHost host, string key, string log) => host.Host.Mevctl(
        "audit", "witness", "--key", key, "--log-key", log, "--state", State, "--once");

    private static async Task<long> Cosigned(AuditedHost host, int partition)
    {
        var cosigned = (await host.Host.Get($"/v1/audit/{partition}/checkpoint")).GetProperty("cosigned");
        return cosigned.GetArrayLength() == 0 ? 0 : cosigned[0].GetProperty("size").GetInt64();
    }

    private static async Task<JsonElement> SecondVerifier(params string[] arguments)
    {
        using var process = Compiler.Start("run.mjs", arguments);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return JsonDocument.Parse(output).RootElement;
    }

    private static async Task ProofsOfDecisions(AuditedHost host)
    {
        var decision = (await host.Host.Get("/v1/decisions?limit=1")).GetProperty("decisions")[0];
        var proof = await host.Host.Get($"/v1/decisions/{decision.GetProperty("id").GetString()}/proof");
        Assert.Equal(decision.GetProperty("offset").GetInt64(), proof.GetProperty("seq").GetInt64());
        Assert.True(proof.GetProperty("proof").GetArrayLength() > 0);
        Assert.Contains("mev.local/partition-1\n", proof.GetProperty("note").GetString(), StringComparison.Ordinal);
    }
}
