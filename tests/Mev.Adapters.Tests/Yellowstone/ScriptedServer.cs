using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Tests.Yellowstone;

/// <summary>A server of the stream that sends what a test tells it to, however wrong.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedServer(WebApplication app, Script script) => (_app, Told) = (app, script);

    public Script Told { get; }

    public Uri Endpoint => new(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>With a script for each stream: it may send, and when it returns the stream ends.</summary>
    public static Task<ScriptedServer> Start(Func<IServerStreamWriter<SubscribeUpdate>, int, Task> stream) =>
        Start(new Script(stream), app => app.MapGrpcService<ScriptedGeyser>());

    /// <summary>With bytes instead of a service.</summary>
    public static Task<ScriptedServer> StartRaw(RequestDelegate answer) => Start(
        new Script((_, _) => Task.CompletedTask), app => app.MapPost("/geyser.Geyser/{method}", answer));

    public async ValueTask DisposeAsync()
    {
        Told.Stop.Cancel();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<ScriptedServer> Start(Script script, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(script);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new ScriptedServer(app, script);
    }

    /// <summary>What the service does, and what was asked of it.</summary>
    internal sealed class Script(Func<IServerStreamWriter<SubscribeUpdate>, int, Task> stream)
    {
        private int _streams;

        public CancellationTokenSource Stop { get; } = new();

        public ConcurrentQueue<SubscribeRequest> Requests { get; } = new();

        public ConcurrentQueue<string?> Tokens { get; } = new();

        public ulong? FirstHeld { get; set; }

        public Task Run(IServerStreamWriter<SubscribeUpdate> writer) =>
            stream(writer, Interlocked.Increment(ref _streams));
    }

    private sealed class ScriptedGeyser(Script script) : Geyser.GeyserBase
    {
        public override async Task Subscribe(
            IAsyncStreamReader<SubscribeRequest> requestStream, IServerStreamWriter<SubscribeUpdate> responseStream,
            ServerCallContext context)
        {
            script.Tokens.Enqueue(context.RequestHeaders.GetValue("x-token"));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(
                context.CancellationToken, script.Stop.Token);
            var writing = new SemaphoreSlim(1);
            if (!await requestStream.MoveNext(stop.Token)) return;
            script.Requests.Enqueue(requestStream.Current);
            var reading = Task.Run(async () =>
            {
                while (await requestStream.MoveNext(stop.Token))
                {
                    script.Requests.Enqueue(requestStream.Current);
                    if (requestStream.Current.Ping is not { Id: > 1 } ping) continue;
                    var pong = new SubscribeUpdate { Pong = new SubscribeUpdatePong { Id = ping.Id } };
                    await writing.WaitAsync(stop.Token);
                    await responseStream.WriteAsync(pong, stop.Token);
                    writing.Release();
                }
            });
            await script.Run(new Locked(responseStream, writing));
        }

        public override Task<SubscribeReplayInfoResponse> SubscribeReplayInfo(
            SubscribeReplayInfoRequest request, ServerCallContext context)
        {
            var answer = new SubscribeReplayInfoResponse();
            if (script.FirstHeld is { } first) answer.FirstAvailable = first;
            return Task.FromResult(answer);
        }
    }

    /// <summary>Two write to one stream here, one at a time.</summary>
    private sealed class Locked(IServerStreamWriter<SubscribeUpdate> inner, SemaphoreSlim writing)
        : IServerStreamWriter<SubscribeUpdate>
    {
        public WriteOptions? WriteOptions { get; set; }

        public async Task WriteAsync(SubscribeUpdate message)
        {
            await writing.WaitAsync();
            try
            {
                await inner.WriteAsync(message);
            }
            finally
            {
                writing.Release();
            }
        }
    }
}
