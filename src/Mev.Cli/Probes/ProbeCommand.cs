using System.Collections.Immutable;
using System.CommandLine;
using Mev.Adapters.Jito;
using Mev.Adapters.Solana;
using Mev.Adapters.Solana.Probes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mev.Cli.Probes;

/// <summary><c>probe</c>: whether the endpoints of the chain are there, what they are and how far.</summary>
internal static class ProbeCommand
{
    private const int LagSlotsMax = 8; // what the feed takes for stale

    public static Command Create(CommandContext context)
    {
        var settings = new ProbeSettings();
        var lag = NumberOption.Count(
            "--lag-max", "-l", "Slots that an endpoint may be behind another one", 1_000_000, LagSlotsMax);
        var command = new Command(
            "probe",
            "Asks the account stream, the node and each region of the block engine for version, slot and tip accounts; "
            + "ends with 5 when one does not answer, with 6 when one lags or has other tip accounts.")
        {
            lag,
        };
        settings.AddTo(command);
        return context.Runs(command, async (parsed, _, output, cancellationToken) =>
        {
            var report = new ProbeReport(
                await Ask(settings.Read(parsed), cancellationToken), (ulong)parsed.GetValue(lag));
            report.Print(output);
            return report.Code;
        });
    }

    private static async Task<ImmutableArray<EndpointProbe>> Ask(
        IConfiguration configuration, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System)
            .AddYellowstone(configuration).AddNodeProbe();
        var hasEngine = configuration.GetSection(ProbeSettings.Regions).GetChildren().Any();
        if (hasEngine) services.AddEngineProbe(configuration);
        await using var provider = services.BuildServiceProvider();
        try
        {
            var node = provider.GetRequiredService<NodeProbe>();
            var engine = provider.GetService<EngineProbe>();
            var (stream, rpc) = (node.AskStream(cancellationToken), node.AskNode(cancellationToken));
            var regions = engine is null ? [] : await engine.Ask(node.SlotOfNode, cancellationToken);
            return [await stream, await rpc, .. regions];
        }
        catch (OptionsValidationException failure)
        {
            throw new CommandFailure(ExitCode.Usage, string.Join("; ", failure.Failures));
        }
    }
}
