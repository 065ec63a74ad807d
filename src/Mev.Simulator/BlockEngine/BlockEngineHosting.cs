using System.Net;
using Mev.Adapters.Paper.Generation;
using Mev.Simulator.Chain;
using Mev.Simulator.Flow;
using Mev.Simulator.Rivals;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Mev.Simulator.BlockEngine;

/// <summary>Puts the block engine into the simulator.</summary>
internal static class BlockEngineHosting
{
    /// <summary>Adds the engine. Options come from <c>BlockEngine</c>.</summary>
    public static void AddBlockEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BlockEngineOptions>()
            .Bind(configuration.GetSection(BlockEngineOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BlockEngineOptions>, BlockEngineOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<BlockEngineOptions>>().Value);
        services.AddSingleton<EngineRegions>();
        services.AddSingleton<EngineLeaders>();
        services.AddSingleton<EngineTranscript>();
        services.AddSingleton<EngineTokens>();
        services.AddSingleton<RequestBuckets>();
        services.AddSingleton<ResultStreams>();
        services.AddSingleton<BundleBook>();
        services.AddSingleton<BundleFates>();
        services.AddSingleton<BundleStatuses>();
        services.AddSingleton<EngineMethods>();
        services.AddSingleton<TipFloor>();
        services.AddSingleton<BundleEngine>();
        services.AddSingleton<ScriptedRivals>();
        services.AddSingleton(RivalsOf);
    }

    /// <summary>Lets the engine see every tick and the end of every slot.</summary>
    public static void StartBlockEngine(this IServiceProvider services)
    {
        var (engine, ticks) = (services.GetRequiredService<BundleEngine>(), services.GetRequiredService<ChainTicks>());
        ticks.Ordered += engine.Tick;
        ticks.Sealed += engine.EndSlot;
    }

    /// <summary>Listens for every region; what comes in on its ports knows the region.</summary>
    public static void ListenBlockEngine(this KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<BlockEngineOptions>();
        foreach (var region in kestrel.ApplicationServices.GetRequiredService<EngineRegions>().All)
        {
            Listen(kestrel, PortOf(options.HttpPort, region), HttpProtocols.Http1, region);
            Listen(kestrel, PortOf(options.GrpcPort, region), HttpProtocols.Http2, region);
        }
    }

    private static IRivals RivalsOf(IServiceProvider services)
    {
        var market = services.GetRequiredService<GeneratedFeedOptions>();
        IRivalLaw? law = services.GetRequiredService<BlockEngineOptions>().Rivals switch
        {
            RivalProfile.Documented => new DocumentedLaw(market),
            RivalProfile.LearningV1 => new LearningLaw(market),
            _ => null,
        };
        return law is null
            ? services.GetRequiredService<ScriptedRivals>()
            : new ChanceRivals(
                services.GetRequiredService<SimulatedChain>(), services.GetRequiredService<SimulatorOptions>(), market,
                law);
    }

    private static int PortOf(int first, EngineRegion region) => first == 0 ? 0 : first + region.Number;

    private static void Listen(KestrelServerOptions kestrel, int port, HttpProtocols protocols, EngineRegion region) =>
        kestrel.Listen(IPAddress.Loopback, port, on =>
        {
            kestrel.ApplicationServices.GetRequiredService<SimulatorCertificate>().Use(on, protocols);
            on.Use(next => connection =>
            {
                connection.Features.Set(region);
                return next(connection);
            });
        });
}
