using System.CommandLine;
using Mev.Adapters.Jito;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Microsoft.Extensions.Configuration;

namespace Mev.Cli.Probes;

/// <summary>
/// Which endpoints are probed: of a host's settings file, variables MEV__Section__Key, and options, the later winning.
/// Where none of them names one, those of the simulator that a host has of its own.
/// </summary>
internal sealed class ProbeSettings
{
    /// <summary>The key of the regions.</summary>
    public const string Regions = $"{JitoOptions.Section}:{nameof(JitoOptions.Regions)}";

    private const string Stream = $"{YellowstoneOptions.Section}:{nameof(YellowstoneOptions.Endpoint)}";
    private const string Node = $"{RpcOptions.Section}:{nameof(RpcOptions.Endpoint)}";

    private readonly Option<FileInfo?> _file = new("--settings")
    {
        Description = "A settings file as hosts read it (JSON).",
        HelpName = "file",
    };

    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        Description = "A node's account stream.",
        HelpName = "url",
    };

    private readonly Option<string?> _rpc = new("--rpc") { Description = "JSON-RPC of a node.", HelpName = "url" };

    private readonly Option<string[]> _regions = new("--region")
    {
        Description = "A region of the block engine, its gRPC after a comma if elsewhere; may be given several times.",
        HelpName = "name=url[,url]",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_endpoint);
        command.Add(_rpc);
        command.Add(_regions);
    }

    /// <exception cref="CommandFailure">An option or the file cannot be read.</exception>
    public IConfiguration Read(ParseResult parsed)
    {
        var builder = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            // One attempt tells what there is, and how long it takes is told: nobody waits for it as for a send.
            [$"{RpcOptions.Section}:{nameof(RpcOptions.AttemptsMax)}"] = "1",
            [$"{RpcOptions.Section}:{nameof(RpcOptions.RequestTimeout)}"] = "00:00:05",
            [$"{JitoOptions.Section}:{nameof(JitoOptions.SubmitTimeout)}"] = "00:00:05",
        });
        if (parsed.GetValue(_file) is { } file)
        {
            if (!file.Exists) throw new CommandFailure(ExitCode.Usage, $"--settings {file} is not there");
            builder.AddJsonFile(file.FullName);
        }
        builder.AddEnvironmentVariables("MEV__").AddInMemoryCollection(Named(parsed));
        try
        {
            var configuration = builder.Build();
            string?[] named = [configuration[Stream], configuration[Node], configuration[$"{Regions}:0:Endpoint"]];
            return named.Any(endpoint => endpoint is { Length: > 0 })
                ? configuration
                : builder.AddInMemoryCollection(Simulator()).Build();
        }
        catch (InvalidDataException failure)
        {
            throw new CommandFailure(ExitCode.Usage, $"--settings {parsed.GetValue(_file)}: {failure.Message}");
        }
    }

    private Dictionary<string, string?> Named(ParseResult parsed)
    {
        var named = new Dictionary<string, string?>();
        if (parsed.GetValue(_endpoint) is { } endpoint) named[Stream] = endpoint;
        if (parsed.GetValue(_rpc) is { } rpc) named[Node] = rpc;
        foreach (var (number, region) in (parsed.GetValue(_regions) ?? []).Index())
        {
            if (region.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } addresses])
                throw new CommandFailure(ExitCode.Usage, "--region is written name=url or name=url,url");
            var both = addresses.Split(',', 2);
            named[$"{Regions}:{number}:Name"] = name;
            named[$"{Regions}:{number}:Endpoint"] = both[0];
            named[$"{Regions}:{number}:GrpcEndpoint"] = both[^1];
        }
        return named;
    }

    /// <summary>Ports of a simulator where nothing else is said; stream and node are defaults of their own.</summary>
    private static Dictionary<string, string?> Simulator() => new()
    {
        [$"{Regions}:0:Name"] = "frankfurt",
        [$"{Regions}:0:Endpoint"] = "http://127.0.0.1:11000",
        [$"{Regions}:0:GrpcEndpoint"] = "http://127.0.0.1:12000",
    };
}
