using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Fixtures;
using Mev.Fixtures.Node;

namespace Mev.Adapters.Tests.Svm;

/// <summary>
/// The real runtime of the chain (npm <c>litesvm</c>, which carries it as a library) in a process of node.
/// </summary>
public sealed partial class SolanaRuntime : IDisposable
{
    private static readonly NodePackages Packages = new(
        "the Solana runtime", Path.Combine(TestData.Repository, "tests", "Mev.Adapters.Tests", "Svm"), "svm");

    private readonly Process _process;

    private SolanaRuntime(Process process) => _process = process;

    /// <summary>A chain of its own; skips or fails the test where there is none.</summary>
    public static SolanaRuntime Start() => new(Packages.Start("svm.mjs"));

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

    [GeneratedRegex(@"\bfee: (?<fee>\d+)")]
    private static partial Regex FeeText();
}
