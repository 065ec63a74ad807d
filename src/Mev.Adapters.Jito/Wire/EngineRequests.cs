using System.Text.Encodings.Web;
using System.Text.Json;
using Mev.Adapters.Solana.Rpc;
using Mev.Domain.Bundles;

namespace Mev.Adapters.Jito.Wire;

/// <summary>Writes requests of the engine's JSON-RPC; transactions always as base64, and it is always said.</summary>
internal static class EngineRequests
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> SendBundle(IReadOnlyCollection<ReadOnlyMemory<byte>> transactions) => Body(
        "sendBundle",
        json =>
        {
            json.WriteStartArray();
            foreach (var transaction in transactions) json.WriteBase64StringValue(transaction.Span);
            json.WriteEndArray();
            WriteEncoding(json);
        });

    public static ReadOnlyMemory<byte> SendTransaction(ReadOnlyMemory<byte> transaction) => Body(
        "sendTransaction",
        json =>
        {
            json.WriteBase64StringValue(transaction.Span);
            WriteEncoding(json);
        });

    public static ReadOnlyMemory<byte> GetTipAccounts() => Body("getTipAccounts", _ => { });

    /// <summary>Either of the two methods that ask for bundles by their ids.</summary>
    public static ReadOnlyMemory<byte> Statuses(string method, IReadOnlyCollection<BundleId> ids) => Body(
        method,
        json =>
        {
            json.WriteStartArray();
            foreach (var id in ids) json.WriteStringValue(id.ToString());
            json.WriteEndArray();
        });

    private static void WriteEncoding(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("encoding", "base64");
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Body(string method, Action<Utf8JsonWriter> write) =>
        JsonRpcRequest.Body(method, write, Plain);
}
