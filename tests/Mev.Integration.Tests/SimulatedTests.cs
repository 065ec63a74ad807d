using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Fixtures;
using Mev.Integration.Tests.Simulated;

namespace Mev.Integration.Tests;

/// <summary>The whole way of <c>Execution:Mode Simulated</c>: decided, signed, sent, landed, settled.</summary>
[Collection(SimulatedCollection.Name)]
public sealed class SimulatedTests : IDisposable
{
    private const long Funded = 1_000_000_000_000; // Simulator:FundedLamports, as many wrapped
    private const int LandedMin = 3;
    private const int TokenAccountBytes = 165;

    private static readonly TimeSpan RunMax = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulated-");
    private readonly int[] _ports = Programs.FreePorts(7);

    [Fact]
    public async Task Bundles_land_on_the_simulators_chain_the_wallet_has_what_was_booked_and_decisions_replay_equal()
    {
        await using var host = await HostProcess.StartAt(_ports[..3], _folder.FullName, Settings());
        using var rpc = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_ports[4]}") };
        JsonElement landed = default;
        await Until(async () => (landed = await Newest(host)).ValueKind != JsonValueKind.Undefined
            && await Count(host, "landed") >= LandedMin, "bundles that landed");

        var signature = landed.GetProperty("attempts")[0].GetProperty("signatures")[0].GetString()!;
        var status = await Ask(rpc, $$"""{"method":"getSignatureStatuses","params":[["{{signature}}"]]}""");
        var found = status.GetProperty("value")[0];
        Assert.Equal(JsonValueKind.Null, found.GetProperty("err").ValueKind);
        Assert.Equal(landed.GetProperty("outcome").GetProperty("slot").GetRawText().Trim('"'),
            found.GetProperty("slot").GetRawText());

        var around = landed.GetProperty("surroundings");
        Assert.Equal((7, 55), (around.GetProperty("features").GetArrayLength(),
            around.GetProperty("draws").GetArrayLength()));

        var overview = await host.Get("/v1/overview");
        Assert.Equal("simulator, assumed rivals", overview.GetProperty("landRate").GetProperty("label").GetString());
        var places = overview.GetProperty("limits").EnumerateArray()
            .Select(limit => $"{limit.GetProperty("name")}").ToList();
        Assert.Contains("execution.submitted", places);
        Assert.Contains(places, place => place.StartsWith("jito.", StringComparison.Ordinal));
        await Until(() => IsReconciled(host, rpc, WalletOf(landed)), "a moment at which wallet and books agree");

        var replay = await host.Mevctl("replay", "--all");
        Assert.True(replay.Code == 0, replay.All);
    }

    [Fact]
    public async Task What_contradicts_a_simulator_of_this_process_is_refused_with_a_remedy()
    {
        string[] told =
        [
            .. await Refused("--Feed:Source", "Generator"),
            .. await Refused("--Pump:Pace", "LockStep"),
            .. await Refused("--Rpc:Endpoint", "http://127.0.0.1:8898"),
            .. await Refused("--Simulator:RpcPort", "0"),
        ];
        Assert.Contains(told, line => line.Contains("leave Feed:Source out"));
        Assert.Contains(told, line => line.Contains("it needs Pump:Pace Conflate"));
        Assert.Contains(told, line => line.Contains("Execution:Simulator External"));
        Assert.Contains(told, line => line.Contains("its port cannot be 0"));
    }

    [Fact]
    public async Task Elsewhere_a_block_engine_has_to_be_named()
    {
        var told = await Refused("--Execution:Simulator", "External", "--Feed:Source", "Yellowstone");
        Assert.Contains(told, line => line.Contains("Jito:Regions names no block engine"));
    }

    [Fact]
    public async Task A_port_of_the_simulator_that_is_taken_is_named_with_its_option()
    {
        using var other = new TcpListener(System.Net.IPAddress.Loopback, _ports[4]);
        other.Start();
        var finished = await Programs.Run(
            HostProcess.Program, _folder.FullName, [.. HostProcess.Ports(_ports[..3]), .. Settings()]);
        Assert.True(finished.Code == 5, finished.All);
        Assert.Contains($"Simulator:RpcPort: port {_ports[4]} is taken", finished.Errors);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>An engine that takes more requests than the published ones: enough lands in a short time.</summary>
    private string[] Settings() =>
    [
        "--Execution:Mode", "Simulated", "--Simulator:YellowstonePort", $"{_ports[3]}",
        "--Simulator:RpcPort", $"{_ports[4]}", "--BlockEngine:HttpPort", $"{_ports[5]}",
        "--BlockEngine:GrpcPort", $"{_ports[6]}", "--BlockEngine:RequestsPerSecond", "20",
        "--Jito:RequestInterval", "00:00:00.060", "--Trading:Strategies:0:Sampler", "FactoredFloor",
    ];

    private async Task<string[]> Refused(params string[] contrary)
    {
        var finished = await Programs.Run(
            HostProcess.Program, _folder.FullName, ["--Execution:Mode", "Simulated", .. contrary]);
        Assert.True(finished.Code == 2, finished.All);
        return finished.Errors.TrimEnd().Split('\n');
    }

    /// <summary>Of the newest bundle that landed its decision; undefined where none is among the newest.</summary>
    private static async Task<JsonElement> Newest(HostProcess host)
    {
        if (await Count(host, "landed") == 0) return default;
        var page = await host.Get("/v1/decisions?action=submit&limit=100");
        foreach (var line in page.GetProperty("decisions").EnumerateArray())
        {
            var decision = await host.Get($"/v1/decisions/{line.GetProperty("id").GetString()}");
            var outcome = decision.GetProperty("outcome");
            if (outcome.ValueKind == JsonValueKind.Object && outcome.GetProperty("kind").GetString() == "Landed")
                return decision;
        }
        return default;
    }

    /// <summary>
    /// Realised less tips is to the lamport what the wallet gained. A landing is booked some slots after it: there are
    /// moments between two of them.
    /// </summary>
    private static async Task<bool> IsReconciled(HostProcess host, HttpClient rpc, Pubkey wallet)
    {
        var wrapped = new TokenAddresses().Account(wallet, Mints.Wsol, Mev.Domain.Chain.Programs.Token);
        var keys = $$"""[["{{wallet}}","{{wrapped}}"],{"encoding":"base64","commitment":"confirmed"}]""";
        var accounts = await Ask(rpc, $$"""{"method":"getMultipleAccounts","params":{{keys}}}""");
        var lamports = accounts.GetProperty("value").EnumerateArray()
            .Sum(account => account.GetProperty("lamports").GetInt64());
        var overview = await host.Get("/v1/overview");
        var net = long.Parse(overview.GetProperty("profit").GetProperty("net").GetString()!);
        var gained = lamports - 2 * Funded - Rent.Mainnet.Minimum(TokenAccountBytes).Value;
        TestContext.Current.TestOutputHelper?.WriteLine($"wallet {gained}, booked {net}");
        return net != 0 && gained == net;
    }

    private static Pubkey WalletOf(JsonElement decision)
    {
        var bytes = Convert.FromHexString(decision.GetProperty("message").GetProperty("hex").GetString()!);
        return MessageBytes.Read(bytes, out _)!.StaticKeys[0];
    }

    private static async Task<long> Count(HostProcess host, string kind) =>
        (await host.Get("/v1/overview")).GetProperty("outcomes").GetProperty(kind).GetInt64();

    private static async Task<JsonElement> Ask(HttpClient rpc, string request)
    {
        using var body = JsonContent.Create(JsonDocument.Parse(
            request.Insert(1, "\"jsonrpc\":\"2.0\",\"id\":1,")).RootElement);
        using var response = await rpc.PostAsync(new Uri("/", UriKind.Relative), body);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.True(answer.TryGetProperty("result", out var result), answer.GetRawText());
        return result;
    }

    private static Task Until(Func<Task<bool>> isSo, string what) =>
        Patience.Until(
            isSo, what, RunMax, TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
}
