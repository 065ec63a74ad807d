using System.Buffers;
using System.Text.Json;
using Mev.Simulator.Rpc;

namespace Mev.Simulator.BlockEngine;

/// <summary>The engine's JSON-RPC over HTTP, on the ports of its regions alone.</summary>
internal static class EngineApi
{
    private const int RequestBytesMax = 64 << 10;
    private const string KeyHeader = "x-jito-auth";

    /// <summary>Every path takes every method, as the path of bundles does on the real engine.</summary>
    public static void MapBlockEngine(this IEndpointRouteBuilder app)
    {
        string[] paths =
            ["bundles", "getBundleStatuses", "getInflightBundleStatuses", "getTipAccounts", "transactions"];
        foreach (var path in paths) app.MapPost($"/api/v1/{path}", Answer);
        app.MapGet("/api/v1/bundles/tip_floor", AnswerTipFloor);
    }

    private static async Task Answer(
        HttpContext context, EngineMethods methods, RequestBuckets buckets, EngineTranscript transcript,
        TimeProvider time)
    {
        if (context.Features.Get<EngineRegion>() is not { } region)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var body = await Read(context);
        transcript.Receive(region, $"{context.Request.Path}{context.Request.QueryString}", body);
        var request = new EngineRequest(
            region, RequestBuckets.SourceOf(context.Connection.RemoteIpAddress, KeyOf(context)),
            context.Request.Query["bundleOnly"] == "true");
        var (status, answer, reply) = Decide(request, body, methods, buckets);
        var switches = region.Switches;
        if (switches.RepliesAfterTick && reply?.Bundle is { } bundle)
            await bundle.Ticked.Task.WaitAsync(context.RequestAborted);
        if (switches.ReplyDelay > TimeSpan.Zero) await Task.Delay(switches.ReplyDelay, time, context.RequestAborted);
        if (switches.DropsReplies)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (reply is { TellsIdInHeader: true, Bundle: { } sent })
            context.Response.Headers["x-bundle-id"] = EngineMethods.IdOf(region, sent);
        await Send(context, switches, answer);
    }

    private static async Task Send(HttpContext context, EngineSwitches switches, ReadOnlyMemory<byte> answer)
    {
        var response = context.Response;
        response.ContentLength = switches.DuplicatesReplies ? 2 * answer.Length : answer.Length;
        if (switches.CutsReplies)
        {
            await response.Body.WriteAsync(answer[..(answer.Length / 2)], context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }
        await response.Body.WriteAsync(answer, context.RequestAborted);
        if (switches.DuplicatesReplies) await response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private static (int Status, ReadOnlyMemory<byte> Answer, EngineReply? Reply) Decide(
        EngineRequest request, byte[] body, EngineMethods methods, RequestBuckets buckets)
    {
        var answer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(answer);
        JsonElement? id = null;
        try
        {
            if (request.Region.Switches.IsDown) throw EngineRefusal.Of(RefusalRow.Unavailable);
            if (request.Region.Switches.Refuses is var row and not RefusalRow.Unknown) throw EngineRefusal.Of(row);
            using var document = Parse(body);
            var root = document.RootElement;
            id = root.TryGetProperty("id", out var named) ? named.Clone() : null;
            buckets.Take(request.Source, request.Region);
            var reply = methods.Answer(request, MethodOf(root), ParametersOf(root));
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            json.WritePropertyName("result");
            reply.Write(json);
            WriteId(id, json);
            json.WriteEndObject();
            json.Flush();
            return (StatusCodes.Status200OK, answer.WrittenMemory, reply);
        }
        catch (RpcRefusal refusal)
        {
            return Refuse(EngineRefusal.Bad(refusal.Message), id);
        }
        catch (EngineRefusal refusal)
        {
            return Refuse(refusal, id);
        }
    }

    private static (int Status, ReadOnlyMemory<byte> Answer, EngineReply? Reply) Refuse(
        EngineRefusal refusal, JsonElement? id)
    {
        var answer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(answer);
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteStartObject("error");
        json.WriteNumber("code", refusal.Code);
        json.WriteString("message", refusal.Message);
        json.WriteNull("data");
        json.WriteEndObject();
        WriteId(refusal.HasId ? id : null, json);
        json.WriteEndObject();
        json.Flush();
        return (refusal.Http, answer.WrittenMemory, null);
    }

    private static string MethodOf(JsonElement root) =>
        root.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String
            ? method.GetString() ?? ""
            : throw new EngineRefusal(
                400, RpcRefusal.NoRequest, Grpc.Core.StatusCode.InvalidArgument, "Invalid request");

    private static RpcParameters ParametersOf(JsonElement root) =>
        new(root.TryGetProperty("params", out var parameters) ? parameters : default);

    private static void WriteId(JsonElement? id, Utf8JsonWriter json)
    {
        json.WritePropertyName("id");
        if (id is { } named) named.WriteTo(json);
        else json.WriteNullValue();
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            if (body.Length > RequestBytesMax) throw EngineRefusal.Bad("request is too long");
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // said below
        }
        throw new EngineRefusal(400, RpcRefusal.NotJson, Grpc.Core.StatusCode.InvalidArgument, "Parse error");
    }

    private static async Task<byte[]> Read(HttpContext context)
    {
        var buffer = new byte[RequestBytesMax + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        return buffer[..length];
    }

    private static string? KeyOf(HttpContext context)
    {
        var header = context.Request.Headers[KeyHeader].ToString();
        return header.Length > 0 ? header : context.Request.Query["uuid"];
    }

    private static IResult AnswerTipFloor(HttpContext context, TipFloor floor) =>
        context.Features.Get<EngineRegion>() is null
            ? Results.NotFound()
            : Results.Text(floor.Json, "application/json");
}
