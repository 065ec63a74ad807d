using System.Buffers;
using System.Text.Json;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>A request of JSON-RPC 2.0.</summary>
public static class JsonRpcRequest
{
    /// <summary>Its body, with id 1: a connection has one request at a time.</summary>
    /// <param name="method">The method.</param>
    /// <param name="write">Writes the parameters, each a value of a list.</param>
    /// <param name="options">How JSON is written; the library's defaults when left out.</param>
    public static ReadOnlyMemory<byte> Body(
        string method, Action<Utf8JsonWriter> write, JsonWriterOptions options = default)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body, options);
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteNumber("id", 1);
        json.WriteString("method", method);
        json.WriteStartArray("params");
        write(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
