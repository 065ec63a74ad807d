using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Mev.Benchmarks.Pipeline;

/// <summary>One-silo hosts in this process, on free ports.</summary>
internal static class Silos
{
    public static HostApplicationBuilder New(string folder, Action<ISiloBuilder> configure)
    {
        Directory.CreateDirectory(folder);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Journal:Path"] = Path.Combine(folder, "journal.db"),
            ["State:Path"] = Path.Combine(folder, "state.db"),
            ["Pump:Pace"] = "Conflate",
            ["Pump:WaitSlotsMax"] = "150",
        });
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Error)
            .AddFilter("Polly", LogLevel.None).AddFilter("Orleans.Messaging", LogLevel.None); // of stopping under load
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "mev-bench", clusterId: "bench");
            silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromMinutes(2));
            configure(silo);
        });
        return builder;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
