using System.Globalization;
using Mev.Domain.Learning;
using Mev.Grains.Feed;
using Mev.Grains.Strategies;
using Mev.Simulator;
using Mev.Simulator.BlockEngine;
using Microsoft.Extensions.Configuration.Memory;

namespace Mev.DevHost.Simulation;

/// <summary>
/// The mode that is run where none is named, the sampler wherever rivals bid, and what a simulator in this process
/// implies, as defaults above those of the files: whoever says otherwise is heard, and refused where it cannot be
/// (<see cref="ExecutionRule"/>).
/// </summary>
internal static class SimulatedDefaults
{
    private const string Mode = $"{ExecutionOptions.Section}:{nameof(ExecutionOptions.Mode)}";
    private const string Region = "frankfurt"; // the simulator's, where none is named
    private const string Strategies = "Trading:Strategies";

    /// <summary>
    /// Adds them. Where no mode is named it is Paper for a feed that is, and otherwise the simulator. Values are not
    /// checked yet.
    /// </summary>
    /// <param name="configuration">With all its sources.</param>
    /// <param name="below">Sources that they win over.</param>
    public static void AddSimulatedDefaults(this ConfigurationManager configuration, int below)
    {
        if (configuration[Mode] is not { Length: > 0 })
        {
            var mode = IsFeedNamed(configuration) ? ExecutionMode.Paper : ExecutionMode.Simulated;
            Insert(configuration, below, new() { [Mode] = $"{mode}" });
        }
        if (!Is(configuration, Mode, nameof(ExecutionMode.Paper)))
            Insert(configuration, below, Samplers(configuration));
        if (!Is(configuration, Mode, nameof(ExecutionMode.Simulated))) return;
        if (Is(configuration, $"{ExecutionOptions.Section}:Simulator", nameof(SimulatorPlace.External))) return;
        Insert(configuration, below, Of(configuration, TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Of the strategies that are named, or of the one that there is.</summary>
    private static Dictionary<string, string?> Samplers(ConfigurationManager configuration) =>
        configuration.GetSection(Strategies).GetChildren().Select(strategy => strategy.Key).DefaultIfEmpty("0")
            .ToDictionary(
                strategy => $"{Strategies}:{strategy}:{nameof(StrategyOptions.Sampler)}",
                _ => (string?)nameof(SamplerKind.Factored));

    private static bool IsFeedNamed(ConfigurationManager configuration) =>
        configuration["Feed:Source"] is { Length: > 0 } || configuration["Feed:RecordingPath"] is { Length: > 0 };

    private static void Insert(
        ConfigurationManager configuration, int below, Dictionary<string, string?> defaults) =>
        ((IConfigurationBuilder)configuration).Sources.Insert(
            below, new MemoryConfigurationSource { InitialData = defaults });

    private static Dictionary<string, string?> Of(ConfigurationManager configuration, DateTimeOffset start)
    {
        var (chain, engine) = (new SimulatorOptions(), new BlockEngineOptions());
        var scheme = configuration["Simulator:CertificatePath"] is { Length: > 0 } ? "https" : "http";
        // The chain begins anew with each start, so its journal does too.
        var folder = string.Create(CultureInfo.InvariantCulture, $"data/simulated-{start:yyyyMMdd-HHmmss}");
        string At(string key, int port) => $"{scheme}://127.0.0.1:{configuration[key] ?? Text(port)}";
        return new()
        {
            ["Journal:Path"] = $"{folder}/journal.db",
            ["State:Path"] = $"{folder}/state.db",
            ["Feed:Source"] = nameof(FeedSource.Yellowstone),
            ["Pump:Pace"] = nameof(DrainPace.Conflate),
            ["Yellowstone:Endpoint"] = At("Simulator:YellowstonePort", chain.YellowstonePort),
            ["Rpc:Endpoint"] = At("Simulator:RpcPort", chain.RpcPort),
            ["Jito:Regions:0:Name"] = configuration["BlockEngine:Regions:0"] ?? Region,
            ["Jito:Regions:0:Endpoint"] = At("BlockEngine:HttpPort", engine.HttpPort),
            ["Jito:Regions:0:GrpcEndpoint"] = At("BlockEngine:GrpcPort", engine.GrpcPort),
            ["Jito:TipFloor"] = $"{At("BlockEngine:HttpPort", engine.HttpPort)}/api/v1/bundles/tip_floor",
            ["BlockEngine:RequestsPerSecond"] = "5", // what is published for an approved key
            ["Jito:RequestInterval"] = "00:00:00.220",
            ["BlockEngine:Rivals"] = nameof(RivalProfile.LearningV1),
            ["Generator:SwapMedian"] = "0.0007", // trades that leave chances worth a bid, several a second
            ["Generator:TransactionsPerSlot"] = "8",
            ["Generator:FurtherShareBasisPoints"] = "6000", // about as many pools of each of the eight protocols
            ["Generator:Token2022ShareBasisPoints"] = "1500",
            ["Generator:Transactions"] = null, // without an end, whatever the files say
        };
    }

    private static bool Is(ConfigurationManager configuration, string key, string value) =>
        string.Equals(configuration[key], value, StringComparison.OrdinalIgnoreCase);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
