using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana;
using Mev.Domain.Bundles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Tests.Jito;

/// <summary>An engine on loopback that answers as the test says and remembers what came.</summary>
internal sealed class EngineServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EngineServer(WebApplication app, Script told) => (_app, Told) = (app, told);

    public Script Told { get; }

    public Uri Json => Address(0);

    public Uri Grpc => Address(1);

    public static async Task<EngineServer> Start()
    {
        var (builder, script) = (WebApplication.CreateBuilder(), new Script());
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(script);
        var app = builder.Build();
        app.MapGrpcService<Searcher>();
        app.MapGrpcService<Auth>();
        app.MapFallback(script.Answer);
        await app.StartAsync();
        return new EngineServer(app, script);
    }

    /// <summary>Options for this engine alone, quick enough for a test.</summary>
    public JitoOptions Options(
        EngineProtocol protocol = EngineProtocol.JsonRpc, int intervalMs = 10, Secret? key = null) => new()
        {
            Regions = [new JitoRegionOptions { Name = "test", Endpoint = Json, GrpcEndpoint = Grpc }],
            Protocol = protocol,
            AuthUuid = key,
            RequestInterval = TimeSpan.FromMilliseconds(intervalMs),
            SubmitTimeout = TimeSpan.FromSeconds(5),
            LeaderInterval = TimeSpan.FromMilliseconds(20),
            WatchInterval = TimeSpan.FromMilliseconds(20),
            ReconnectDelay = TimeSpan.FromMilliseconds(2),
            ReconnectDelayMax = TimeSpan.FromMilliseconds(10),
            SettleDelay = TimeSpan.FromMilliseconds(20),
        };

    public async ValueTask DisposeAsync()
    {
        Told.Stop.Cancel();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private Uri Address(int index) => new(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.ElementAt(index));

    /// <summary>One request of JSON-RPC.</summary>
    internal sealed record Request(string Path, string Body, IHeaderDictionary Headers);

    internal sealed class Script
    {
        private int _streamsNow;
        private int _leaderQuestions;

        public CancellationTokenSource Stop { get; } = new();

        public ConcurrentQueue<Request> Requests { get; } = new();

        public ConcurrentQueue<SendBundleRequest> Bundles { get; } = new();

        public ConcurrentQueue<string?> Authorisations { get; } = new();

        /// <summary>Answers JSON-RPC: status and body.</summary>
        public Func<Request, (int Status, string Body)> Json { get; set; } = Landing;

        public Func<SendBundleRequest, SendBundleResponse> Send { get; set; } = _ => new() { Uuid = "other" };

        /// <summary>Questions for slot and leaders.</summary>
        public int LeaderQuestions => Volatile.Read(ref _leaderQuestions);

        /// <summary>The slot is 100, and the one leader that there is leads its region from 102 on.</summary>
        public NextScheduledLeaderResponse Leader()
        {
            Interlocked.Increment(ref _leaderQuestions);
            return new NextScheduledLeaderResponse { CurrentSlot = 100 };
        }

        public ConnectedLeadersRegionedResponse Leaders(ConnectedLeadersRegionedRequest request)
        {
            Interlocked.Increment(ref _leaderQuestions);
            var slots = new SlotList { Slots = { Enumerable.Range(102, 1_000).Select(slot => (ulong)slot) } };
            var leaders = new ConnectedLeadersResponse { ConnectedValidators = { [$"{TipAccounts.Config}"] = slots } };
            return new ConnectedLeadersRegionedResponse { ConnectedValidators = { [request.Regions[0]] = leaders } };
        }

        public Func<IServerStreamWriter<BundleResult>, CancellationToken, Task> Results { get; set; } =
            (_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);

        public Func<GenerateAuthTokensRequest, GenerateAuthTokensResponse> Tokens { get; set; } =
            _ => throw new RpcException(new Status(StatusCode.PermissionDenied, "The pubkey is not authorized"));

        public int Streams { get; private set; }

        public int StreamsAtOnce { get; private set; }

        public async Task Answer(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            var request = new Request(
                context.Request.Path + context.Request.QueryString, await reader.ReadToEndAsync(),
                new HeaderDictionary(context.Request.Headers.ToDictionary())); // the server uses its own again
            Requests.Enqueue(request);
            var (status, body) = Json(request);
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        }

        public async Task Stream(IServerStreamWriter<BundleResult> writer, CancellationToken cancellationToken)
        {
            Streams++;
            StreamsAtOnce = Math.Max(StreamsAtOnce, Interlocked.Increment(ref _streamsNow));
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stop.Token);
            try
            {
                await Results(writer, either.Token);
            }
            finally
            {
                Interlocked.Decrement(ref _streamsNow);
            }
        }

        /// <summary>Takes every bundle and knows the real tip accounts.</summary>
        public static (int, string) Landing(Request request) => (200, request.Body.Contains("getTipAccounts")
            ? Result($"[{string.Join(',', TipAccounts.All.Select(account => $"\"{account}\""))}]")
            : Result("\"id\""));

        public static string Result(string json) => $$"""{"jsonrpc":"2.0","result":{{json}},"id":1}""";

        public static string Error(int code, string message) =>
            $$"""{"jsonrpc":"2.0","error":{"code":{{code}},"message":"{{message}}","data":null},"id":null}""";
    }

    private sealed class Searcher(Script script) : SearcherService.SearcherServiceBase
    {
        public override Task<SendBundleResponse> SendBundle(SendBundleRequest request, ServerCallContext context)
        {
            script.Bundles.Enqueue(request);
            script.Authorisations.Enqueue(context.RequestHeaders.GetValue("authorization"));
            return Task.FromResult(script.Send(request));
        }

        public override Task<NextScheduledLeaderResponse> GetNextScheduledLeader(
            NextScheduledLeaderRequest request, ServerCallContext context) => Task.FromResult(script.Leader());

        public override Task<ConnectedLeadersRegionedResponse> GetConnectedLeadersRegioned(
            ConnectedLeadersRegionedRequest request, ServerCallContext context) =>
            Task.FromResult(script.Leaders(request));

        public override Task<GetTipAccountsResponse> GetTipAccounts(
            GetTipAccountsRequest request, ServerCallContext context) => Task.FromResult(
                new GetTipAccountsResponse { Accounts = { TipAccounts.All.Select(account => account.ToString()) } });

        public override Task SubscribeBundleResults(
            SubscribeBundleResultsRequest request, IServerStreamWriter<BundleResult> responseStream,
            ServerCallContext context) => script.Stream(responseStream, context.CancellationToken);
    }

    private sealed class Auth(Script script) : AuthService.AuthServiceBase
    {
        public override Task<GenerateAuthChallengeResponse> GenerateAuthChallenge(
            GenerateAuthChallengeRequest request, ServerCallContext context) =>
            Task.FromResult(new GenerateAuthChallengeResponse { Challenge = "abcdefghi" });

        public override Task<GenerateAuthTokensResponse> GenerateAuthTokens(
            GenerateAuthTokensRequest request, ServerCallContext context) => Task.FromResult(script.Tokens(request));
    }
}
