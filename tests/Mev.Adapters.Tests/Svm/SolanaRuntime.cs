using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Svm;

/// <summary>
/// The real runtime of the chain (npm <c>litesvm</c>, which carries it as a library) in a process of node. It is
/// installed once below <c>artifacts</c>. Where node or the package cannot be had, tests are skipped by name; with
/// <c>MEV_REQUIRE_SERVICES=1</c> they fail.
/// </summary>
public sealed partial class SolanaRuntime : IDisposable
{
    private static readonly Version NodeMin = new(20, 18);
    private static readonly TimeSpan InstallMax = TimeSpan.FromMinutes(3);
    private static readonly Lazy<string> Missing = new(Install);

    private readonly Process _process;

    private SolanaRuntime(Process process) => _process = process;

    private static string Sources { get; } =
        Path.Combine(TestData.Repository, "tests", "Mev.Adapters.Tests", "Svm");

    private static string Folder { get; } = Path.Combine(TestData.Repository, "artifacts", "svm");

    /// <summary>A chain of its own; skips or fails the test where there is none.</summary>
    public static SolanaRuntime Start()
    {
        if (Missing.Value.Length > 0)
        {
            if (Environment.GetEnvironmentVariable("MEV_REQUIRE_SERVICES") == "1")
                Assert.Fail($"service missing: {Missing.Value}, and MEV_REQUIRE_SERVICES=1");
            Assert.Skip($"service missing: {Missing.Value}");
        }
        return new SolanaRuntime(Run("node", Sources, [Path.Combine(Sources, "svm.mjs"), Folder]));
    }

    public Blockhash Blockhash()
    {
        Assert.True(Domain.Chain.Blockhash.TryParse(
            Ask("blockhash").GetProperty("blockhash").GetString(), out var blockhash));
        return blockhash;
    }

    public void Airdrop(Pubkey key, long lamports) => Ask("airdrop", ("key", $"{key}"), ("lamports", lamports));

    public void GoTo(Slot slot) => Ask("slot", ("slot", (long)slot.Value));

    public Lamports Balance(Pubkey key) =>
        new(Ask("account", ("key", $"{key}")).GetProperty("lamports").GetInt64());

    /// <summary>An account's bytes; empty where there is none.</summary>
    public byte[] Data(Pubkey key) =>
        Ask("account", ("key", $"{key}")).TryGetProperty("data", out var data) ? data.GetBytesFromBase64() : [];

    public Lamports RentOf(int length) => new(Ask("rent", ("length", length)).GetProperty("lamports").GetInt64());

    /// <summary>Executes the bytes.</summary>
    public Execution Send(Transaction transaction)
    {
        var isVersioned = (transaction.Message.Span[0] & 0x80) != 0;
        var answer = Ask(
            "send", ("transaction", Convert.ToBase64String(transaction.Write())), ("isVersioned", isVersioned));
        var text = answer.GetProperty("result").GetString()!;
        return new Execution(
            answer.GetProperty("isFailed").GetBoolean() ? text : "",
            answer.GetProperty("units").GetUInt64(),
            new Lamports(long.Parse(FeeText().Match(text).Groups["fee"].Value, CultureInfo.InvariantCulture)));
    }

    public void Dispose()
    {
        _process.StandardInput.Close(); // the script ends at the end of its input
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonElement Ask(string operation, params (string Name, JsonNode Value)[] arguments)
    {
        var request = new JsonObject { ["operation"] = operation };
        foreach (var (name, value) in arguments) request[name] = value;
        _process.StandardInput.WriteLine(request.ToJsonString());
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine();
        if (line is null) Assert.Fail($"the runtime ended at {operation}");
        using var json = JsonDocument.Parse(line);
        if (json.RootElement.TryGetProperty("failure", out var failure)) Assert.Fail($"{operation}: {failure}");
        return json.RootElement.Clone();
    }

    /// <summary>Installs what the lock file names, unless that is done; says what is missing, or nothing.</summary>
    private static string Install()
    {
        try
        {
            using var node = Run("node", TestData.Repository, ["--version"]);
            var version = node.StandardOutput.ReadToEnd().Trim();
            if (!Version.TryParse(version.TrimStart('v'), out var found) || found < NodeMin)
                return $"node {NodeMin} or newer, found '{version}'";
            var installed = Path.Combine(Folder, "installed.json");
            var wanted = File.ReadAllText(Path.Combine(Sources, "package-lock.json"));
            if (File.Exists(installed) && File.ReadAllText(installed) == wanted) return "";
            Directory.CreateDirectory(Folder);
            foreach (var name in new[] { "package.json", "package-lock.json" })
                File.Copy(Path.Combine(Sources, name), Path.Combine(Folder, name), overwrite: true);
            using var npm = Run("npm", Folder, ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]);
            if (!npm.WaitForExit(InstallMax)) npm.Kill(entireProcessTree: true);
            if (!npm.HasExited || npm.ExitCode != 0) return "npm install of the Solana runtime did not succeed";
            File.WriteAllText(installed, wanted);
            return "";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"node with npm ({e.Message})";
        }
    }

    private static Process Run(string program, string folder, string[] arguments) => Process.Start(
        new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    [GeneratedRegex(@"\bfee: (?<fee>\d+)")]
    private static partial Regex FeeText();
}
