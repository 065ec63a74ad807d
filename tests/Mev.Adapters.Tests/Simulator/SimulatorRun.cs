using Mev.Adapters.Solana;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Journal;
using Mev.Simulator;
using Mev.Simulator.Chain;
using Mev.Simulator.Flow;
using Mev.Simulator.Yellowstone;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>The real server on loopback. Its chain stands still unless the test moves it.</summary>
internal sealed class SimulatorRun : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<IDisposable> _clients = [];

    private SimulatorRun(WebApplication app, Uri[] addresses) =>
        (_app, Yellowstone, RpcEndpoint, Engines) = (app, addresses[0], addresses[1], addresses[2..]);

    public Uri Yellowstone { get; }

    public Uri RpcEndpoint { get; }

    /// <summary>JSON-RPC and gRPC of each region of the block engine, in turn.</summary>
    public Uri[] Engines { get; }

    public SimulatedChain Chain => Get<SimulatedChain>();

    public ChainTicks Ticks => Get<ChainTicks>();

    public StreamSwitches Switches => Get<StreamSwitches>();

    public Subscribers Subscribers => Get<Subscribers>();

    /// <summary>Starts it with further settings, written <c>Section:Key=value</c>.</summary>
    public static Task<SimulatorRun> Start(params string[] settings) => StartAt(TimeProvider.System, settings);

    /// <summary>The same with a clock of the test's.</summary>
    public static async Task<SimulatorRun> StartAt(TimeProvider time, params string[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        string[] all =
        [
            "Simulator:YellowstonePort=0", "Simulator:RpcPort=0", "Simulator:Speed=0", "Generator:Pools=24",
            "Generator:Mints=8", "Generator:TransactionsPerSlot=8", "BlockEngine:HttpPort=0",
            "BlockEngine:GrpcPort=0", "BlockEngine:Rivals=None", .. settings,
        ];
        foreach (var setting in all.Select(text => text.Split('='))) builder.Configuration[setting[0]] = setting[1];
        builder.AddSimulator();
        builder.Services.AddSingleton(time);
        var app = builder.Build();
        app.MapSimulator();
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new SimulatorRun(app, [.. addresses.Select(address => new Uri(address))]);
    }

    public RpcClient Rpc(RpcOptions? options = null)
    {
        var client = new RpcClient(
            options ?? new RpcOptions
            {
                Endpoint = RpcEndpoint,
                RetryDelay = TimeSpan.FromMilliseconds(2),
                AttemptsMax = 100,
                RetryDelayMax = TimeSpan.FromMilliseconds(20),
            },
            TimeProvider.System, () => 0.5);
        _clients.Add(client);
        return client;
    }

    /// <summary>A reader of the stream.</summary>
    public FeedRun Read(YellowstoneOptions? options = null) => FeedRun.Start(Feed(options, out var counts), counts);

    public YellowstoneFeed Feed(YellowstoneOptions? options, out YellowstoneCounts counts)
    {
        options ??= Options();
        var meters = new PlainMeterFactory();
        counts = new YellowstoneCounts(options);
        var feed = new YellowstoneFeed(
            options, Rpc(), counts, new FeedLag(meters, counts, TimeProvider.System), TimeProvider.System, () => 0.5,
            NullLogger<YellowstoneFeed>.Instance);
        _clients.AddRange([meters, feed]);
        return feed;
    }

    public YellowstoneOptions Options(
        string[]? pools = null, Uri? endpoint = null, int bufferedMessages = 65_536, int transactions = 4_096,
        TimeSpan? silence = null, Secret? token = null, int messageBytes = 16 << 20,
        int batchMessages = 4_096) => new()
        {
            Endpoint = endpoint ?? Yellowstone,
            Pools = pools ?? [],
            BufferedMessagesMax = bufferedMessages,
            BatchMessagesMax = batchMessages,
            TransactionsMax = transactions,
            SilenceMax = silence ?? TimeSpan.FromSeconds(30),
            XToken = token,
            MessageBytesMax = messageBytes,
            ReconnectDelay = TimeSpan.FromMilliseconds(5),
            ReconnectDelayMax = TimeSpan.FromMilliseconds(50),
        };

    /// <summary>Moves the chain on until the feed has everything.</summary>
    public async Task Complete(FeedRun feed)
    {
        while (!feed.IsComplete)
        {
            Ticks.NextSlots(1);
            await feed.Moved(TimeSpan.FromMilliseconds(20));
        }
        await CaughtUp(feed);
    }

    /// <summary>Waits until the feed has taken what the chain has done.</summary>
    public async Task CaughtUp(FeedRun feed)
    {
        var tip = Chain.Blocks.Tip.Slot;
        await feed.Until(run => run.Processed >= tip && run.IsComplete);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
