using System.CommandLine;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;

namespace Mev.Cli.Recordings;

/// <summary>The options that name a node and what of its chain is watched.</summary>
internal sealed class NodeArguments
{
    private readonly Option<string> _endpoint = new("--endpoint")
    {
        Description = "A node's account stream.",
        HelpName = "url",
        DefaultValueFactory = _ => $"{new YellowstoneOptions().Endpoint}",
    };

    private readonly Option<string> _rpc = new("--rpc")
    {
        Description = "JSON-RPC of a node of the same chain.",
        HelpName = "url",
        DefaultValueFactory = _ => $"{new RpcOptions().Endpoint}",
    };

    private readonly Option<string[]> _programs = new("--program")
    {
        Description = "A program whose pools are watched; may be given several times. Default all that are quoted.",
        HelpName = "address",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _pools = new("--pool")
    {
        Description = "A pool that is watched alone; may be given several times.",
        HelpName = "address",
        DefaultValueFactory = _ => [],
    };

    public static NodeArguments Create() => new();

    public void AddTo(Command command)
    {
        command.Add(_endpoint);
        command.Add(_rpc);
        command.Add(_programs);
        command.Add(_pools);
    }

    public NodeStream Connect(ParseResult parsed) => new(new Dictionary<string, string?>
    {
        [$"{YellowstoneOptions.Section}:{nameof(YellowstoneOptions.Endpoint)}"] = parsed.GetValue(_endpoint),
        [$"{RpcOptions.Section}:{nameof(RpcOptions.Endpoint)}"] = parsed.GetValue(_rpc),
        [$"{YellowstoneOptions.Section}:{nameof(YellowstoneOptions.TransactionsMax)}"] = "0",
    }.Concat(Listed(nameof(YellowstoneOptions.Programs), parsed.GetValue(_programs)))
        .Concat(Listed(nameof(YellowstoneOptions.Pools), parsed.GetValue(_pools))));

    private static IEnumerable<KeyValuePair<string, string?>> Listed(string name, string[]? values) =>
        (values ?? []).Select((value, i) =>
            KeyValuePair.Create($"{YellowstoneOptions.Section}:{name}:{i}", (string?)value));
}
