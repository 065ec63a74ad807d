using System.Net;
using System.Net.Sockets;
using Mev.Simulator;
using Mev.Simulator.BlockEngine;

namespace Mev.DevHost.Configuration;

/// <summary>
/// The ports that the host is to listen on, looked at before anything starts. Orleans binds its own with a flag that
/// lets two listeners share a port, and then each gets some of the other's connections.
/// </summary>
internal static class HostPorts
{
    /// <summary>A message for each port that several options name.</summary>
    public static IReadOnlyList<string> NamedTwice(IConfiguration configuration) =>
    [
        .. All(configuration).Where(wanted => wanted.Port > 0).Distinct() // addresses of Urls may share one
            .GroupBy(wanted => wanted.Port, wanted => wanted.Option).Where(options => options.Count() > 1)
            .Select(options => $"{string.Join(" and ", options)} name port {options.Key}: give each its own"),
    ];

    /// <summary>A message for each port that another process listens on; it names the option.</summary>
    public static IReadOnlyList<string> Taken(IConfiguration configuration) =>
    [
        .. All(configuration).Where(wanted => IsTaken(wanted.Port)).Select(taken =>
            $"{taken.Option}: port {taken.Port} is taken. Is another host running? End it, or choose other ports "
            + "and another folder: --Urls http://127.0.0.1:8081 --Host:SiloPort 11112 --Host:GatewayPort 30001 "
            + "--Journal:Path other/journal.db --State:Path other/state.db"),
    ];

    private static IEnumerable<(string Option, int Port)> All(IConfiguration configuration)
    {
        var host = configuration.GetSection(DevHostOptions.Section).Get<DevHostOptions>() ?? new DevHostOptions();
        var urls = (configuration["Urls"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(BindingAddress.Parse);
        return
        [
            .. urls.Select(url => ("Urls", url.Port)),
            ("Host:SiloPort", host.SiloPort), ("Host:GatewayPort", host.GatewayPort),
            .. SimulatorPorts(configuration),
        ];
    }

    /// <summary>Those of the simulator in this process, where there is one.</summary>
    private static IEnumerable<(string Option, int Port)> SimulatorPorts(IConfiguration configuration)
    {
        var execution = configuration.GetSection(ExecutionOptions.Section).Get<ExecutionOptions>();
        if (execution is not { HasSimulator: true }) yield break;
        var chain = configuration.GetSection(SimulatorOptions.Section).Get<SimulatorOptions>() ?? new();
        var engine = configuration.GetSection(BlockEngineOptions.Section).Get<BlockEngineOptions>() ?? new();
        yield return ("Simulator:YellowstonePort", chain.YellowstonePort);
        yield return ("Simulator:RpcPort", chain.RpcPort);
        for (var region = 0; region < Math.Max(1, engine.Regions.Count); region++)
        {
            yield return ("BlockEngine:HttpPort", engine.HttpPort + region);
            yield return ("BlockEngine:GrpcPort", engine.GrpcPort + region);
        }
    }

    private static bool IsTaken(int port)
    {
        if (port is < 1 or > IPEndPoint.MaxPort) return false; // 0 is any free one; the rest is the options' to refuse
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
        catch (SocketException)
        {
            return false; // a port that may not be bound says so itself when it is
        }
    }
}
