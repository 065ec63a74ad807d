using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Fixtures;

namespace Mev.Integration.Tests.Simulated;

/// <summary>
/// A simulator as a process of its own, so that its chain outlives hosts: faster than real time, with two regions,
/// rivals, pools of seven protocols and mints that take a fee on transfers, forks whose bundles are taken apart (so
/// that some of ours fail at their fee's cost), and two wallets of ours. Its flow ends: then no chance is left, and
/// everything that was sent comes to its end.
/// </summary>
internal sealed class SimulatedMarket : IAsyncDisposable
{
    /// <summary>Times real time.</summary>
    public const int Speed = 4;

    private const int TransactionsPerSlot = 8;
    private static readonly string[] Regions = ["frankfurt", "tokyo"];
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulated-market-");
    private readonly int[] _hostPorts = Programs.FreePorts(3);
    private readonly int[] _chainPorts = Programs.FreePorts(2);
    private readonly int _http = TwoPorts();
    private readonly int _grpc = TwoPorts();
    private readonly string[] _keyPaths;
    private readonly ulong _slots;
    private readonly SimulatedCertificate? _certificate;
    private Process? _simulator;

    private SimulatedMarket(ulong slots, bool isEncrypted)
    {
        _slots = slots;
        _certificate = isEncrypted ? SimulatedCertificate.In(_folder.FullName) : null;
        var keys = new[] { NewKey("pays"), NewKey("idle") };
        _keyPaths = [.. keys.Select(key => key.Path)];
        Wallets = [.. keys.Select(key => key.Address)];
        Rpc = new RpcClient(
            new RpcOptions { Endpoint = new Uri(At(_chainPorts[1])) }, TimeProvider.System, () => 0.5);
    }

    /// <summary>Ours: the first one pays.</summary>
    public IReadOnlyList<Pubkey> Wallets { get; }

    public RpcClient Rpc { get; }

    /// <summary>What a host reads this chain with, that trades on paper.</summary>
    public string[] Feed =>
    [
        "--Feed:Source", "Yellowstone", "--Yellowstone:Endpoint", At(_chainPorts[0]),
        "--Rpc:Endpoint", At(_chainPorts[1]),
    ];

    /// <summary>All that it serves, as <c>mevctl probe</c> is told of it.</summary>
    public string[] Endpoints =>
    [
        "--endpoint", At(_chainPorts[0]), "--rpc", At(_chainPorts[1]),
        .. Regions.Index().SelectMany(region => new[]
        {
            "--region", $"{region.Item}={At(_http + region.Index)},{At(_grpc + region.Index)}",
        }),
    ];

    public string Journal => Path.Combine(_folder.FullName, "data", "journal.db");

    /// <summary>Starts a chain whose flow lasts so many slots, in the clear or over TLS alone.</summary>
    public static async Task<SimulatedMarket> Start(ulong seed, ulong slots, bool isEncrypted = false)
    {
        var market = new SimulatedMarket(slots, isEncrypted);
        market._simulator = Programs.Start(
            Programs.PathOf("Mev.Simulator", "Mev.Simulator"), market._folder.FullName, market.Chain(seed));
        market._simulator.OutputDataReceived += (_, _) => { };
        market._simulator.ErrorDataReceived += (_, _) => { };
        market._simulator.BeginOutputReadLine();
        market._simulator.BeginErrorReadLine();
        await Until(market.IsThere, "the simulator", StartMax);
        if (!isEncrypted) await market.Switch(new { unbundles = true });
        return market;
    }

    /// <summary>Starts a host, or starts it again where it was killed.</summary>
    public Task<HostProcess> StartHost(params string[] settings) =>
        StartHost(isCertificateTrusted: true, settings);

    /// <summary>The same; a host that does not trust the chain's certificate talks to nobody.</summary>
    public Task<HostProcess> StartHost(bool isCertificateTrusted, params string[] settings) => HostProcess.StartWith(
        _hostPorts, _folder.FullName,
        isCertificateTrusted && _certificate is not null ? [$"SSL_CERT_FILE={_certificate.Path}"] : [],
        [.. Host(), .. settings]);

    /// <summary>Waits until no order is left, and no bundle of ours is open.</summary>
    public async Task End(HostProcess host)
    {
        var calm = 0;
        await Until(
            async () =>
            {
                var slot = await Rpc.GetSlot(RpcCommitment.Processed);
                var open = (await host.Get("/v1/overview")).GetProperty("outcomes").GetProperty("open").GetInt64();
                calm = slot.Value > _slots && open == 0 ? calm + 1 : 0;
                return calm > 40; // 4 s, in which everything becomes final
            },
            "everything to come to its end",
            TimeSpan.FromMinutes(10));
    }

    public async ValueTask DisposeAsync()
    {
        Rpc.Dispose();
        if (_simulator is { } simulator)
        {
            simulator.Kill();
            await simulator.WaitForExitAsync();
            simulator.Dispose();
        }
        _folder.Delete(recursive: true);
    }

    private static Task Until(Func<Task<bool>> isSo, string what, TimeSpan most) =>
        Patience.Until(
            isSo, what, most, TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);

    /// <summary>Everything listens that is asked: the chain's ports open before those of the block engine.</summary>
    private async Task<bool> IsThere()
    {
        Assert.False(_simulator!.HasExited, "the simulator has ended");
        var regions = Enumerable.Range(0, Regions.Length);
        foreach (var port in _chainPorts.Concat(regions.SelectMany(region => new[] { _http + region, _grpc + region })))
            if (!await Listens(port)) return false;
        return true;
    }

    private static async Task<bool> Listens(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sets how all regions of the block engine behave.</summary>
    public async Task Switch(object switches)
    {
        using var http = new HttpClient();
        for (var region = 0; region < Regions.Length; region++)
        {
            using var answer = await http.PutAsJsonAsync(
                new Uri($"{At(_http + region)}/control/switches"), switches);
            answer.EnsureSuccessStatusCode();
        }
    }

    private string At(int port) => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{port}";

    private (string Path, Pubkey Address) NewKey(string name)
    {
        var seed = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name));
        using var key = new SigningKey(seed);
        var path = Path.Combine(_folder.FullName, $"{name}.json");
        File.WriteAllText(
            path, JsonSerializer.Serialize(seed.Concat(key.Address.ToArray()).Select(value => (int)value)));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return (path, key.Address);
    }

    private string[] Chain(ulong seed) =>
    [
        "--Simulator:YellowstonePort", $"{_chainPorts[0]}", "--Simulator:RpcPort", $"{_chainPorts[1]}",
        "--BlockEngine:HttpPort", $"{_http}", "--BlockEngine:GrpcPort", $"{_grpc}",
        .. Regions.Index().SelectMany(region => new[] { $"--BlockEngine:Regions:{region.Index}", region.Item }),
        .. Wallets.Index().SelectMany(wallet => new[]
        {
            $"--Simulator:FundedWallets:{wallet.Index}", $"{wallet.Item}",
        }),
        "--Simulator:Speed", $"{Speed}", "--Simulator:ForkEverySlots", "20", "--Simulator:HeldSlots", "2000",
        "--BlockEngine:Rivals", "LearningV1", "--BlockEngine:RequestsPerSecond", "200",
        "--Generator:Seed", $"{seed}", "--Generator:SwapMedian", "0.0007",
        "--Generator:TransactionsPerSlot", $"{TransactionsPerSlot}",
        "--Generator:FurtherShareBasisPoints", "3000", "--Generator:Token2022ShareBasisPoints", "3000",
        "--Generator:Transactions", $"{_slots * TransactionsPerSlot}",
        .. _certificate?.Settings ?? [],
    ];

    /// <summary>As in real time, but for the waits that the chain's speed shortens.</summary>
    private string[] Host() =>
    [
        "--Execution:Mode", "Simulated", "--Execution:Simulator", "External",
        "--Execution:KeyPaths:0", _keyPaths[0], "--Execution:KeyPaths:1", _keyPaths[1],
        "--Execution:RefreshInterval", "00:00:00.050", "--Feed:Source", "Yellowstone", "--Pump:Pace", "Conflate",
        "--Pump:WaitSlotsMax", "150", // slots are that much shorter
        "--Yellowstone:Endpoint", At(_chainPorts[0]), "--Rpc:Endpoint", At(_chainPorts[1]),
        .. Regions.Index().SelectMany(region => new[]
        {
            $"--Jito:Regions:{region.Index}:Name", region.Item,
            $"--Jito:Regions:{region.Index}:Endpoint", At(_http + region.Index),
            $"--Jito:Regions:{region.Index}:GrpcEndpoint", At(_grpc + region.Index),
        }),
        "--Jito:RequestInterval", "00:00:00.010", "--Jito:LeaderInterval", "00:00:00.050",
        "--Jito:WatchInterval", "00:00:00.050", "--Jito:SettleDelay", "00:00:00.060",
        "--Jito:TipFloor", $"{At(_http)}/api/v1/bundles/tip_floor",
        "--Jito:TipStream", $"{At(_http)}/api/v1/bundles/tip_stream".Replace("http", "ws", StringComparison.Ordinal),
        "--Jito:FaultsMax", "200", // what is taken apart fails on the chain, and is no fault of ours here
    ];

    /// <summary>A port that was free a moment ago, as was the next one: regions count up from the first.</summary>
    private static int TwoPorts()
    {
        while (true)
        {
            var first = Programs.FreePorts(1)[0];
            using var next = new TcpListener(System.Net.IPAddress.Loopback, first + 1);
            try
            {
                next.Start();
                return first;
            }
            catch (SocketException)
            {
                // taken: another one
            }
        }
    }
}
