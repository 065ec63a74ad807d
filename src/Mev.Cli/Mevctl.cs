using System.CommandLine;
using Mev.Cli.Auctions;
using Mev.Cli.Audits;
using Mev.Cli.Control;
using Mev.Cli.Decisions;
using Mev.Cli.Evaluations;
using Mev.Cli.Funnels;
using Mev.Cli.History;
using Mev.Cli.Models;
using Mev.Cli.Overviews;
using Mev.Cli.Pools;
using Mev.Cli.Probes;
using Mev.Cli.Recordings;
using Mev.Cli.Replay;
using Mev.Cli.Sql;
using Mev.Cli.Strategies;
using Mev.Cli.Streams;

namespace Mev.Cli;

/// <summary>The command line as a whole.</summary>
internal static class Mevctl
{
    public static async Task<int> Run(string[] arguments)
    {
        var parsed = Root().Parse(arguments);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync();
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"mevctl: {error.Message}");
        await Console.Error.WriteLineAsync("'mevctl --help' lists the commands, 'mevctl COMMAND --help' its options.");
        return ExitCode.Usage;
    }

    private static RootCommand Root()
    {
        var context = new CommandContext();
        var root = new RootCommand(
            "Looks into a running platform, explains and replays decisions, records feeds, signs commands.");
        root.Add(context.Url);
        root.Add(context.Json);
        root.Add(OverviewCommand.Create(context));
        root.Add(FunnelCommand.Create(context));
        root.Add(TailCommand.Create(context));
        root.Add(ChannelTailCommand.Create(context));
        root.Add(WhyCommand.Create(context));
        root.Add(ReplayCommand.Create(context));
        root.Add(RecordCommand.Create(context));
        root.Add(RecordingCommand.Create(context));
        root.Add(ProbeCommand.Create(context));
        root.Add(PoolsCommand.Create(context));
        root.Add(StrategiesCommand.Create(context));
        root.Add(ModelsCommand.Create(context));
        root.Add(HistoryCommand.Create(context));
        root.Add(SqlCommand.Create(context));
        root.Add(EvaluateCommand.Create(context));
        root.Add(AuctionCommand.Create(context));
        root.Add(KeysCommand.Create(context));
        root.Add(SessionCommand.Create(context));
        root.Add(StopCommand.Create(context));
        root.Add(ResumeCommand.Create(context));
        root.Add(PoliciesCommand.Create(context));
        root.Add(ProposalsCommand.Create(context));
        root.Add(AuditCommand.Create(context));
        return root;
    }
}
