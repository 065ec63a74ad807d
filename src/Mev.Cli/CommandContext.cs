using System.CommandLine;
using Mev.Cli.Gateways;

namespace Mev.Cli;

/// <summary>The options of every command, and how a command runs with them.</summary>
internal sealed class CommandContext
{
    public Option<string> Url { get; } = new("--url")
    {
        Description = "The gateway.",
        Recursive = true,
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON.", Recursive = true };

    /// <summary>
    /// Makes <paramref name="run"/> the command's action; failures become a message and an exit code. Ctrl-C is how an
    /// endless one is done, and cuts off every other.
    /// </summary>
    public Command Runs(
        Command command, Func<ParseResult, GatewayClient, Output, CancellationToken, Task<int>> run,
        bool isEndless = false)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                using var gateway = new GatewayClient(UrlOf(parsed));
                return await run(parsed, gateway, new Output(parsed.GetValue(Json)), cancellationToken);
            }
            catch (CommandFailure failure)
            {
                await Console.Error.WriteLineAsync($"mevctl: {failure.Message}");
                return failure.Code;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                if (isEndless) return ExitCode.Done;
                await Console.Error.WriteLineAsync("mevctl: interrupted before it was done");
                return ExitCode.Interrupted;
            }
        });
        return command;
    }

    private Uri UrlOf(ParseResult parsed)
    {
        var text = parsed.GetValue(Url);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")) return url;
        throw new CommandFailure(ExitCode.Usage, $"--url '{text}' is no address; write --url http://127.0.0.1:8080");
    }
}
