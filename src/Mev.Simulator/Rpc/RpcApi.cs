using System.Buffers;
using System.Text.Json;

namespace Mev.Simulator.Rpc;

/// <summary>The endpoint of JSON-RPC.</summary>
internal static class RpcApi
{
    private const int RequestBytesMax = 1 << 20;

    public static void MapRpc(this IEndpointRouteBuilder app) => app.MapPost("/", Answer);

    private static async Task Answer(HttpContext context, RpcMethods methods)
    {
        var answer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(answer);
        var request = await Read(context);
        try
        {
            using (request) Write(request, methods, json);
        }
        catch (RpcRefusal refusal)
        {
            json.Reset();
            answer.ResetWrittenCount();
            WriteError(refusal, json);
        }
        json.Flush();
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.WrittenCount;
        await context.Response.Body.WriteAsync(answer.WrittenMemory, context.RequestAborted);
    }

    private static async Task<JsonDocument?> Read(HttpContext context)
    {
        var buffer = new byte[RequestBytesMax + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        try
        {
            return length <= RequestBytesMax ? JsonDocument.Parse(buffer.AsMemory(0, length)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(JsonDocument? request, RpcMethods methods, Utf8JsonWriter json)
    {
        if (request is null) throw new RpcRefusal(RpcRefusal.NotJson, "Parse error");
        var root = request.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new RpcRefusal(RpcRefusal.NoRequest, "Invalid request");
        if (!root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
            throw new RpcRefusal(RpcRefusal.NoRequest, "Invalid request");
        Begin(json);
        if (root.TryGetProperty("id", out var id)) id.WriteTo(json);
        else json.WriteNullValue();
        json.WritePropertyName("result");
        root.TryGetProperty("params", out var parameters);
        methods.Write(method.GetString() ?? "", new RpcParameters(parameters), json);
        json.WriteEndObject();
    }

    private static void WriteError(RpcRefusal refusal, Utf8JsonWriter json)
    {
        Begin(json);
        json.WriteNullValue();
        json.WriteStartObject("error");
        json.WriteNumber("code", refusal.Code);
        json.WriteString("message", refusal.Message);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WritePropertyName("id");
    }
}
