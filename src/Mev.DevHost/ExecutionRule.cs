using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Simulator;
using Mev.Simulator.BlockEngine;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>
/// What must be said before anything is signed: Live starts only with a confirmation, key files and limits, and names
/// each that is missing; a mode that sends lives from a live feed.
/// </summary>
internal sealed class ExecutionRule(
    IOptions<FeedOptions> feed, IOptions<YellowstoneOptions> stream, IOptions<RpcOptions> rpc,
    IConfiguration configuration) : IValidateOptions<ExecutionOptions>
{
    private const string JsonEndpoint = "Jito:Regions:0:Endpoint";
    private const string GrpcEndpoint = "Jito:Regions:0:GrpcEndpoint";

    public ValidateOptionsResult Validate(string? name, ExecutionOptions options)
    {
        List<string> missing =
        [
            .. options.IsSigning ? Sending() : [], .. options.HasSimulator ? OwnSimulator() : [], .. Live(options),
        ];
        return missing.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(missing);
    }

    private IEnumerable<string> Sending()
    {
        if (feed.Value.Source == FeedSource.Yellowstone) yield break;
        yield return "Execution:Mode signs and sends: it needs Feed:Source Yellowstone, a chain that goes on"
            + " (the default of Execution:Mode Simulated: leave Feed:Source out)";
    }

    /// <summary>A simulator here is the chain: nothing may point elsewhere, and its ports must be known.</summary>
    private IEnumerable<string> OwnSimulator()
    {
        var chain = configuration.GetSection(SimulatorOptions.Section).Get<SimulatorOptions>() ?? new();
        var engine = configuration.GetSection(BlockEngineOptions.Section).Get<BlockEngineOptions>() ?? new();
        (string Key, Uri? Told, int Port)[] ends =
        [
            ("Yellowstone:Endpoint", stream.Value.Endpoint, chain.YellowstonePort),
            ("Rpc:Endpoint", rpc.Value.Endpoint, chain.RpcPort),
            (JsonEndpoint, configuration.GetValue<Uri>(JsonEndpoint), engine.HttpPort),
            (GrpcEndpoint, configuration.GetValue<Uri>(GrpcEndpoint), engine.GrpcPort),
        ];
        foreach (var (key, told, port) in ends)
        {
            if (port == 0)
            {
                yield return $"{key} is a simulator's in this process: its port cannot be 0, name one";
            }
            else if (told is not { IsLoopback: true } || told.Port != port)
            {
                yield return $"{key} '{told}' is not the simulator of this process (port {port}): leave it out, or say "
                    + "Execution:Simulator External";
            }
        }
    }

    private IEnumerable<string> Live(ExecutionOptions options)
    {
        if (options.Mode != ExecutionMode.Live) yield break;
        if (options.Confirmation != ExecutionOptions.LiveConfirmation)
            yield return $"Execution:Confirmation must be '{ExecutionOptions.LiveConfirmation}' in the mode Live";
        if (options.KeyPaths.Count == 0)
            yield return "Execution:KeyPaths names no key file, and Live signs with none other";
        if (options.AmountInMaxLamports == 0)
            yield return "Execution:AmountInMaxLamports is not set: say how much a cycle may put in";
        if (options.DailyCostMaxLamports == 0)
            yield return "Execution:DailyCostMaxLamports is not set: say what tips and fees a day may cost";
        if (options.TipMaxLamports == 0)
            yield return "Execution:TipMaxLamports is not set: say how large a tip may be";
        if (stream.Value.Pools.Count == 0)
            yield return "Yellowstone:Pools names none: no node hands out all pools of mainnet, list those to watch";
    }
}
