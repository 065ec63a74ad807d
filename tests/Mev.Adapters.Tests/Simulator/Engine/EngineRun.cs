using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Grpc.Net.Client;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Simulator.BlockEngine;
using Mev.Simulator.Chain;
using Mev.Simulator.Rivals;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>
/// The block engine on loopback with a funded wallet and raw clients. Every leader is connected, every forwarded bundle
/// lands and the chain stands still, unless a test says otherwise.
/// </summary>
internal sealed class EngineRun : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly GrpcChannel _channel;
    private readonly ChanceFinder _finder;
    private readonly TokenAddresses _addresses = new();

    private EngineRun(SimulatorRun simulator, SigningKey wallet)
    {
        (Simulator, Wallet) = (simulator, wallet);
        _http.BaseAddress = simulator.Engines[0];
        _channel = GrpcChannel.ForAddress(simulator.Engines[1]);
        Searcher = new SearcherService.SearcherServiceClient(_channel);
        Auth = new AuthService.AuthServiceClient(_channel);
        _finder = new ChanceFinder(simulator.Chain);
    }

    public SimulatorRun Simulator { get; }

    public SigningKey Wallet { get; }

    public SearcherService.SearcherServiceClient Searcher { get; }

    public AuthService.AuthServiceClient Auth { get; }

    public SimulatedChain Chain => Simulator.Chain;

    public EngineRegion Region => Simulator.Get<EngineRegions>().All[0];

    public static Task<EngineRun> Start(params string[] settings) => StartAt(TimeProvider.System, settings);

    /// <summary>The same with a clock of the test's.</summary>
    public static async Task<EngineRun> StartAt(TimeProvider time, params string[] settings)
    {
        var wallet = Samples.Signer("wallet");
        var simulator = await SimulatorRun.StartAt(time, [
            $"Simulator:FundedWallets:0={wallet.Address}", "BlockEngine:ConnectedShare=1",
            "BlockEngine:LandingShift=1", "BlockEngine:RequestsPerSecond=10000", "Generator:SwapMedian=0.003",
            "Generator:TransactionsPerSlot=16", .. settings]);
        return new EngineRun(simulator, wallet);
    }

    /// <summary>Moves the chain on until there is a chance of at least that much.</summary>
    public Chance Chance(long profitMin = 100_000, Func<Chance, bool>? fits = null)
    {
        for (var slot = 0; slot < 400; slot++)
        {
            Simulator.Ticks.NextSlots(1);
            List<Chance> found;
            lock (Chain.Gate) found = _finder.Take(new Lamports(profitMin));
            found.RemoveAll(one => fits is not null && !fits(one));
            if (found.Find(one => Build(one, 10_000, Wallet) is not null) is { } fitting) return fitting; // in a packet
        }
        throw new InvalidOperationException("no chance came");
    }

    /// <summary>The wallet's transaction that takes a chance.</summary>
    public Transaction Take(Chance chance, long tip = 10_000, SigningKey? wallet = null) =>
        Build(chance, tip, wallet ?? Wallet) ?? throw new InvalidOperationException("the chance does not pay");

    /// <summary>A transaction of instructions, signed by the wallet.</summary>
    public Transaction Sign(params Instruction[] instructions)
    {
        Blockhash blockhash;
        lock (Chain.Gate) blockhash = Chain.Blocks.Tip.Hash;
        return SigningKey.SignAll(MessageCompiler.V0(Wallet.Address, blockhash, instructions, []), Wallet);
    }

    public static string Base64(params Transaction[] transactions)
    {
        var texts = string.Join(',', transactions.Select(one => $"\"{Convert.ToBase64String(one.Write())}\""));
        return Request("sendBundle", $$"""[[{{texts}}],{"encoding":"base64"}]""");
    }

    public static string Request(string method, string parameters) =>
        $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}""";

    public Task<EngineAnswer> Send(params Transaction[] transactions) => Post("/api/v1/bundles", Base64(transactions));

    public async Task<EngineAnswer> Post(string path, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        if (key is not null) request.Headers.Add("x-jito-auth", key);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(text);
        var id = response.Headers.TryGetValues("x-bundle-id", out var ids) ? ids.Single() : null;
        return new EngineAnswer(response.StatusCode, json.RootElement.Clone(), id);
    }

    public Task<string> Get(string path) => _http.GetStringAsync(path);

    /// <summary>The state of a bundle in flight.</summary>
    public async Task<(string Status, ulong? Slot)> Inflight(string id)
    {
        const string Method = "getInflightBundleStatuses";
        var answer = await Post($"/api/v1/{Method}", Request(Method, $"[[\"{id}\"]]"));
        var entry = answer.Result.GetProperty("value")[0];
        var slot = entry.GetProperty("landed_slot");
        return (entry.GetProperty("status").GetString()!,
            slot.ValueKind == JsonValueKind.Null ? null : slot.GetUInt64());
    }

    public ulong Lamports(Pubkey key)
    {
        lock (Chain.Gate) return Chain.Find(key)?.Lamports ?? 0;
    }

    private Transaction? Build(Chance chance, long tip, SigningKey wallet)
    {
        lock (Chain.Gate)
        {
            return ChanceTransaction.Build(
                Chain, _addresses, chance, wallet, new Lamports(tip), TipAccounts.All[0]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _channel.Dispose();
        Wallet.Dispose();
        await Simulator.DisposeAsync();
    }
}
