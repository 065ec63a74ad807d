using Mev.Gateway.Streams;
using Mev.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mev.Benchmarks.Streams;

/// <summary>The stream's part of the gateway as the host has it, over a given log, on loopback.</summary>
internal sealed class StreamHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StreamHost(WebApplication app) => _app = app;

    public Uri Url => new(
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<StreamHost> Start(IPartitionedLog log)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("Streams:ConnectsPerFiveMinutes", "100000")]);
        builder.Services.AddSingleton(log);
        builder.Services.AddStreams(builder.Configuration);
        var app = builder.Build();
        app.UseRateLimiter();
        app.MapStreamTransports();
        await app.StartAsync();
        return new StreamHost(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
