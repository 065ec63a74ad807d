using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Engines;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Adapters.Tests.Jito;

/// <summary>Both protocols against an engine on loopback.</summary>
public sealed class EngineClientTests : IAsyncLifetime
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;
    private EngineServer _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await EngineServer.Start();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Each_method_has_its_own_path()
    {
        using var client = new JsonRpcEngine(_engine.Json, _engine.Options(), TimeProvider.System);
        _engine.Told.Json = request => (200, EngineServer.Script.Result(
            request.Path.EndsWith("Statuses") ? "null" : request.Path.EndsWith("Accounts") ? "[]" : "\"x\""));
        Assert.Equal("x", (await client.SendBundle(Submissions.Bytes(1), _stop)).Value);
        Assert.Equal(
            new SentTransaction("x", ""), (await client.SendTransaction(Submissions.Bytes(1)[0], _stop)).Value);
        Assert.Empty((await client.GetTipAccounts(_stop)).Value);
        Assert.Empty((await client.GetBundleStatuses([], _stop)).Value);
        Assert.Empty((await client.GetInflightStatuses([], _stop)).Value);
        Assert.Equal(
            [
                "/api/v1/bundles", "/api/v1/transactions?bundleOnly=true", "/api/v1/getTipAccounts",
                "/api/v1/getBundleStatuses", "/api/v1/getInflightBundleStatuses",
            ],
            _engine.Told.Requests.Select(request => request.Path));
        Assert.All(_engine.Told.Requests, request => Assert.Equal("application/json", request.Headers.ContentType));
        Assert.All(_engine.Told.Requests, request => Assert.Empty(request.Headers["x-jito-auth"].ToArray()));
    }

    [Fact]
    public async Task A_path_that_is_not_served_gives_way_to_that_of_bundles_once_and_for_all()
    {
        var options = new JitoOptions { AuthUuid = new Secret("0000-1111"), SubmitTimeout = TimeSpan.FromSeconds(5) };
        using var client = new JsonRpcEngine(_engine.Json, options, TimeProvider.System);
        _engine.Told.Json = request => request.Path == "/api/v1/bundles"
            ? EngineServer.Script.Landing(request)
            : (404, "not found");
        for (var i = 0; i < 2; i++) Assert.Equal(TipAccounts.All, (await client.GetTipAccounts(_stop)).Value);
        Assert.Equal(
            ["/api/v1/getTipAccounts", "/api/v1/bundles", "/api/v1/bundles"],
            _engine.Told.Requests.Select(request => request.Path));
        Assert.All(_engine.Told.Requests, request => Assert.Equal("0000-1111", request.Headers["x-jito-auth"]));
    }

    [Fact]
    public async Task No_answer_in_time_and_one_beyond_the_bound_are_failures()
    {
        using var held = new ManualResetEventSlim();
        using var patient = new JsonRpcEngine(
            _engine.Json, new JitoOptions { AnswerBytesMax = 2_000 }, TimeProvider.System);
        _engine.Told.Json = _ => (200, EngineServer.Script.Result($"\"{new string('x', 3_000)}\""));
        var large = await patient.SendBundle(Submissions.Bytes(1), _stop);
        Assert.Contains("2000 bytes", large.Failure!.Text);
        var options = new JitoOptions { SubmitTimeout = TimeSpan.FromMilliseconds(300) };
        using var client = new JsonRpcEngine(_engine.Json, options, TimeProvider.System);
        _engine.Told.Json = _ =>
        {
            held.Wait(TimeSpan.FromSeconds(20));
            return (200, "");
        };
        var silent = await client.SendBundle(Submissions.Bytes(1), _stop);
        held.Set();
        Assert.Equal(EngineFailureKind.Transport, silent.Failure!.Kind);
        using var nobody = new JsonRpcEngine(new Uri("http://127.0.0.1:1"), options, TimeProvider.System);
        Assert.Equal(EngineFailureKind.Transport, (await nobody.GetTipAccounts(_stop)).Failure!.Kind);
    }

    [Fact]
    public async Task An_approved_key_gets_tokens_that_are_renewed_before_they_end()
    {
        var (time, asked) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), 0);
        _engine.Told.Tokens = _ => new GenerateAuthTokensResponse
        {
            AccessToken = Token($"access {++asked}", time, minutes: 30),
            RefreshToken = Token("refresh", time, minutes: 20),
        };
        _engine.Told.Send = _ => new SendBundleResponse { Uuid = "x" };
        using var key = Samples.Signer("searcher");
        using var client = new GrpcEngine(_engine.Grpc, _engine.Options(), key, time);
        var turns = 0;
        foreach (var minutes in new[] { 0, 24.9, 0.2 }) // within five minutes of the end, and so is the other token
        {
            time.Advance(TimeSpan.FromMinutes(minutes));
            await client.RenewKey(_ => Task.FromResult(turns++), _stop);
            await client.SendBundle(Submissions.Bytes(1), _stop);
        }
        time.Advance(TimeSpan.FromMinutes(31)); // nobody renewed it: the send goes, and waits for nothing
        await client.SendBundle(Submissions.Bytes(1), _stop);
        Assert.Equal(["Bearer access 1", "Bearer access 1", "Bearer access 2", null], _engine.Told.Authorisations);
        Assert.Equal((false, 2 * 2, 2), (client.WasKeyRefused, turns, asked)); // a challenge and its answer each
    }

    [Fact]
    public async Task A_key_that_is_refused_is_dropped_and_calls_go_on_without()
    {
        _engine.Told.Send = _ => new SendBundleResponse { Uuid = "x" };
        using var key = Samples.Signer("searcher");
        using var client = new GrpcEngine(_engine.Grpc, _engine.Options(), key, TimeProvider.System);
        for (var i = 0; i < 2; i++)
        {
            await client.RenewKey(_ => Task.CompletedTask, _stop);
            Assert.Equal("x", (await client.SendBundle(Submissions.Bytes(1), _stop)).Value);
        }
        Assert.True(client.WasKeyRefused);
        Assert.All(_engine.Told.Authorisations, Assert.Null);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_dropped_and_asked_for_anew_a_few_times_only()
    {
        var (time, asked) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), 0);
        _engine.Told.Tokens = _ => new GenerateAuthTokensResponse
        {
            AccessToken = Token($"access {++asked}", time, minutes: 30),
            RefreshToken = Token("refresh", time, minutes: 60),
        };
        _engine.Told.Send = _ => _engine.Told.Authorisations.Last() is null
            ? new SendBundleResponse { Uuid = "x" }
            : throw new RpcException(new Status(StatusCode.Unauthenticated, "a token of before the restart"));
        using var key = Samples.Signer("searcher");
        using var client = new GrpcEngine(_engine.Grpc, _engine.Options(), key, time);
        for (var i = 0; i < 5; i++)
        {
            await client.RenewKey(_ => Task.CompletedTask, _stop);
            var first = await client.SendBundle(Submissions.Bytes(1), _stop);
            Assert.Equal(i < 3, first.Failure is { Kind: EngineFailureKind.Unauthorised, IsOfKey: true });
            if (i < 3) Assert.Equal("x", (await client.SendBundle(Submissions.Bytes(1), _stop)).Value);
        }
        Assert.Equal((3, true), (asked, client.WasKeyRefused));
    }

    [Fact]
    public async Task An_answer_beyond_our_bound_is_not_taken_for_the_engines_rate_limit()
    {
        using var client = new GrpcEngine(
            _engine.Grpc,
            new JitoOptions
            {
                Regions = [new JitoRegionOptions { Name = "test", Endpoint = _engine.Json }],
                AnswerBytesMax = 1_024,
            },
            key: null, TimeProvider.System);
        Assert.Equal(EngineFailureKind.Unknown, (await client.GetLeaders(_stop)).Failure!.Kind);
    }

    [Theory]
    [InlineData(StatusCode.ResourceExhausted, EngineFailureKind.RateLimited)]
    [InlineData(StatusCode.InvalidArgument, EngineFailureKind.Malformed)]
    [InlineData(StatusCode.Unavailable, EngineFailureKind.Transport)]
    public async Task A_status_of_gRPC_is_a_failure(StatusCode code, EngineFailureKind kind)
    {
        _engine.Told.Send = _ => throw new RpcException(new Status(code, "text"));
        using var client = new GrpcEngine(_engine.Grpc, _engine.Options(), key: null, TimeProvider.System);
        var failure = (await client.SendBundle(Submissions.Bytes(1), _stop)).Failure;
        Assert.Equal((kind, "text"), (failure!.Kind, failure.Text));
    }

    private static Token Token(string value, TimeProvider time, int minutes) => new()
    {
        Value = value,
        ExpiresAtUtc = Timestamp.FromDateTimeOffset(time.GetUtcNow() + TimeSpan.FromMinutes(minutes)),
    };
}
