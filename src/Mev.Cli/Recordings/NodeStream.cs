using Mev.Adapters.Solana;
using Mev.Adapters.Solana.Yellowstone;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mev.Cli.Recordings;

/// <summary>A node's account stream as the hosts have it; secrets come from variables MEV__Section__Key.</summary>
internal sealed class NodeStream : IDisposable
{
    private readonly ServiceProvider _services;

    public NodeStream(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("MEV__").AddInMemoryCollection(settings)
            .Build();
        _services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System)
            .AddYellowstone(configuration).BuildServiceProvider();
        try
        {
            Feed = _services.GetRequiredService<YellowstoneFeed>();
        }
        catch (OptionsValidationException failure)
        {
            _services.Dispose();
            throw new CommandFailure(ExitCode.Usage, string.Join("; ", failure.Failures));
        }
    }

    public YellowstoneFeed Feed { get; }

    public void Dispose() => _services.Dispose();
}
