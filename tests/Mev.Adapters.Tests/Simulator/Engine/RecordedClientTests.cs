using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>Requests recorded from the published clients are answered in the shapes that those read.</summary>
public sealed class RecordedClientTests
{
    [Fact]
    public async Task Recorded_requests_of_json_rpc_get_well_formed_answers()
    {
        using var recorded = Recorded();
        await using var run = await EngineRun.Start();
        var count = 0;
        foreach (var request in recorded.RootElement.GetProperty("http").EnumerateArray())
        {
            var body = request.GetProperty("requestBody").GetString()!;
            var answer = await run.Post(request.GetProperty("path").GetString()!, body);
            using var asked = JsonDocument.Parse(body);
            Assert.Equal("2.0", answer.Json.GetProperty("jsonrpc").GetString());
            Assert.Equal(asked.RootElement.GetProperty("id").GetInt32(), answer.Json.GetProperty("id").GetInt32());
            // Their blockhash is of no block here, and one of them pays no tip account.
            var method = asked.RootElement.GetProperty("method").GetString()!;
            var isSent = method.StartsWith("send", StringComparison.Ordinal);
            using var expected = JsonDocument.Parse(request.GetProperty("responseBody").GetString()!);
            var kind = expected.RootElement.GetProperty("result").ValueKind;
            if (isSent) Assert.Equal((400, -32_602), (answer.Error.Http, answer.Error.Code));
            else Assert.Equal(kind, answer.Result.ValueKind);
            count++;
        }
        Assert.True(count >= 7, $"{count}");
    }

    [Fact]
    public async Task Recorded_requests_of_grpc_get_well_formed_answers()
    {
        using var recorded = Recorded();
        await using var run = await EngineRun.Start();
        using var channel = GrpcChannel.ForAddress(run.Simulator.Engines[1]);
        var invoker = channel.CreateCallInvoker();
        var count = 0;
        foreach (var request in recorded.RootElement.GetProperty("grpc").EnumerateArray())
        {
            if (!request.TryGetProperty("rpc", out var name)) continue;
            if (!request.TryGetProperty("requestHex", out var hex)) continue;
            var parts = name.GetString()!.Split('/');
            if (parts[1] == "SubscribeBundleResults") continue;
            var method = new Method<byte[], byte[]>(MethodType.Unary, parts[0], parts[1], Bytes, Bytes);
            var call = invoker.AsyncUnaryCall(method, null, default, Convert.FromHexString(hex.GetString()!));
            try
            {
                Assert.NotNull(await call.ResponseAsync);
            }
            catch (RpcException refusal)
            {
                // A foreign blockhash, a challenge and a refresh token of another server.
                Assert.Contains(refusal.StatusCode, new[] { StatusCode.InvalidArgument, StatusCode.Unauthenticated });
                Assert.NotEmpty(refusal.Status.Detail);
                Assert.False(parts[1].StartsWith("Get", StringComparison.Ordinal), parts[1]);
            }
            count++;
        }
        Assert.True(count >= 5, $"{count}");
    }

    private static Marshaller<byte[]> Bytes { get; } = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static JsonDocument Recorded() =>
        JsonDocument.Parse(File.ReadAllText(TestData.Need("jito", "recorded-clients.json")));
}
