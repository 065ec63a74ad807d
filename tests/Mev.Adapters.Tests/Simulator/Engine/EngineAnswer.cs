using System.Net;
using System.Text.Json;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>An answer of the engine's JSON-RPC.</summary>
internal sealed record EngineAnswer(HttpStatusCode Status, JsonElement Json, string? BundleId)
{
    public JsonElement Result => Json.GetProperty("result");

    public string Text => Result.GetString()!;

    public (int Http, int Code, string Message) Error => (
        (int)Status, Json.GetProperty("error").GetProperty("code").GetInt32(),
        Json.GetProperty("error").GetProperty("message").GetString()!);
}
