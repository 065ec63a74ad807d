using Mev.Fixtures.Streams;
using Mev.Gateway.Streams;
using Mev.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mev.Integration.Tests.Streams;

/// <summary>The stream's part of the gateway in this process, over a log in memory.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    public static readonly LogPartition Partition = new(LogTopics.Audit, 1);

    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;

    private StreamServer(WebApplication app, MemoryLog log, int[] ports)
    {
        (_app, Log) = (app, log);
        Url = new Uri($"http://127.0.0.1:{ports[0]}");
        GrpcUrl = new Uri($"http://127.0.0.1:{ports[1]}");
    }

    public MemoryLog Log { get; }

    public Uri Url { get; }

    public Uri GrpcUrl { get; }

    public StreamHub Hub => _app.Services.GetRequiredService<StreamHub>();

    public static async Task<StreamServer> Start(params (string Key, string Value)[] settings)
    {
        var ports = Programs.FreePorts(2);
        var (log, builder) = (new MemoryLog(), WebApplication.CreateSlimBuilder());
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"Streams:{setting.Key}", (string?)setting.Value)));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(ports[0]);
            kestrel.ListenLocalhost(ports[1], endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton<IPartitionedLog>(log);
        builder.Services.AddStreams(builder.Configuration);
        var app = builder.Build();
        app.UseRateLimiter();
        app.MapStreamTransports();
        var server = new StreamServer(app, log, ports);
        await server.Append(1);
        await app.StartAsync();
        return server;
    }

    /// <summary>Appends decisions, and gives the number of records then.</summary>
    public async Task<long> Append(int count, int messageBytes = 0)
    {
        var end = (int)await Log.End(Partition);
        await Log.Append(
            Partition,
            [.. Enumerable.Range(end, count).Select(number => RecordedDecisions.Skip(number, messageBytes))]);
        return end + count;
    }

    /// <summary>How often a bound of streams was met.</summary>
    public long Count(string limit) => Hub.Limits().Single(each => each.Name == limit).Count;

    public static async Task Until(Func<bool> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < WaitMax, "it did not come so far in time");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public Task Stop() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
