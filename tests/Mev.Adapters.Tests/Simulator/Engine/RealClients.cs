using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mev.Fixtures;
using Mev.Fixtures.Node;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>The published clients (npm <c>jito-js-rpc</c> and <c>jito-ts</c>) in a process of node.</summary>
internal sealed class RealClients : IDisposable
{
    private static readonly NodePackages Packages = new(
        "the block engine's clients",
        Path.Combine(TestData.Repository, "tests", "Mev.Adapters.Tests", "Simulator", "Engine", "Clients"),
        "engine-clients");

    private readonly Process _process;

    private RealClients(Process process) => _process = process;

    /// <summary>Clients of a region; skips or fails the test where there are none.</summary>
    public static RealClients Start(Uri http, Uri grpc) =>
        new(Packages.Start("clients.mjs", http.GetLeftPart(UriPartial.Authority), grpc.Authority));

    /// <summary>What an operation gives.</summary>
    public async Task<JsonElement> Ask(string operation, params (string Name, JsonNode Value)[] arguments)
    {
        var request = new JsonObject { ["operation"] = operation };
        foreach (var (name, value) in arguments) request[name] = value;
        await _process.StandardInput.WriteLineAsync(request.ToJsonString());
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        if (line is null) Assert.Fail($"the clients ended at {operation}");
        using var json = JsonDocument.Parse(line);
        if (json.RootElement.TryGetProperty("failure", out var failure))
            Assert.Fail($"{operation}: {failure} {json.RootElement}");
        return json.RootElement.GetProperty("result").Clone();
    }

    public void Dispose()
    {
        _process.StandardInput.Close(); // the script ends at the end of its input
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10))) _process.Kill();
        _process.Dispose();
    }
}
