using Mev.Adapters.Paper.Generation;
using Mev.DevHost.Summaries;
using Mev.Simulator;
using Mev.Simulator.BlockEngine;

namespace Mev.DevHost.Simulation;

/// <summary>
/// The simulator in this process: a web host of its own on loopback, reached through its ports as any other chain. It
/// is the first hosted service, so that it is there before anything connects and ends after all that did.
/// </summary>
internal sealed class SimulatorHost(
    IConfiguration configuration, PlatformWallets wallets, HostLog log, IHostApplicationLifetime lifetime)
    : IHostedService, IAsyncDisposable
{
    private static readonly string[] Sections =
        [SimulatorOptions.Section, BlockEngineOptions.Section, GeneratedFeedOptions.Section];

    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.Sources.Clear(); // the outer host's addresses are not its own
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error); // it has ports, not the outer addresses
        builder.Services.AddSingleton<ILoggerProvider>(log);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.AddSimulator();
        _app = builder.Build();
        _app.MapSimulator();
        _app.Lifetime.ApplicationStopping.Register(lifetime.StopApplication); // a chain that cannot go on
        await _app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Its sections as they are here, with our wallets funded beside those that are named.</summary>
    private IEnumerable<KeyValuePair<string, string?>> Settings()
    {
        var own = Sections.SelectMany(section => configuration.GetSection(section).AsEnumerable())
            .Where(entry => entry.Value is not null);
        var named = configuration.GetSection($"{SimulatorOptions.Section}:{nameof(SimulatorOptions.FundedWallets)}")
            .GetChildren().Count();
        return own.Concat(wallets.Addresses.Index().Select(wallet => KeyValuePair.Create(
            $"{SimulatorOptions.Section}:{nameof(SimulatorOptions.FundedWallets)}:{named + wallet.Index}",
            (string?)wallet.Item.ToString())));
    }
}
