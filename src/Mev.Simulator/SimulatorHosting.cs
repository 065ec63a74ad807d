using System.Net;
using Mev.Adapters.Paper.Generation;
using Mev.Simulator.BlockEngine;
using Mev.Simulator.Chain;
using Mev.Simulator.Flow;
using Mev.Simulator.Rpc;
using Mev.Simulator.Yellowstone;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Mev.Simulator;

/// <summary>Puts the simulator into a host: one chain, and its faces, on loopback only.</summary>
public static class SimulatorHosting
{
    /// <summary>
    /// Adds the chain and its faces. Options come from <c>Simulator</c>, <c>BlockEngine</c> and <c>Generator</c>.
    /// </summary>
    public static void AddSimulator(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SimulatorOptions>().Bind(builder.Configuration.GetSection(SimulatorOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SimulatorOptions>, SimulatorOptionsValidator>();
        services.AddOptions<GeneratedFeedOptions>()
            .Bind(builder.Configuration.GetSection(GeneratedFeedOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GeneratedFeedOptions>, GeneratedFeedOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SimulatorOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<GeneratedFeedOptions>>().Value);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SimulatorCertificate>();
        services.AddSingleton<SimulatedChain>();
        services.AddSingleton<ChainLeaders>();
        services.AddSingleton<OrderFlow>();
        services.AddSingleton<ChainTicks>();
        services.AddHostedService<ChainClockwork>();
        services.AddSingleton<StreamSwitches>();
        services.AddSingleton<Subscribers>();
        services.AddSingleton<RpcMethods>();
        services.AddBlockEngine(builder.Configuration);
        services.AddGrpc();
        builder.WebHost.ConfigureKestrel(Listen);
    }

    /// <summary>Maps the account stream, JSON-RPC and the block engine, and lets the engine see the ticks.</summary>
    public static void MapSimulator(this WebApplication app)
    {
        app.MapGrpcService<GeyserApi>();
        app.MapRpc();
        app.MapTipStream();
        app.MapBlockEngine();
        app.MapControl();
        app.MapGrpcService<SearcherApi>();
        app.MapGrpcService<AuthApi>();
        app.Services.StartBlockEngine();
    }

    private static void Listen(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<SimulatorOptions>();
        var certificate = kestrel.ApplicationServices.GetRequiredService<SimulatorCertificate>();
        kestrel.Listen(
            IPAddress.Loopback, options.YellowstonePort, port => certificate.Use(port, HttpProtocols.Http2));
        kestrel.Listen(IPAddress.Loopback, options.RpcPort, port => certificate.Use(port, HttpProtocols.Http1));
        kestrel.ListenBlockEngine();
    }
}
