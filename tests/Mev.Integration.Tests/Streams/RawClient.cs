using System.Net.WebSockets;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Frames;

namespace Mev.Integration.Tests.Streams;

/// <summary>A web socket of a test that reads when the test says so.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[256 * 1024];

    public int? CloseCode => (int?)_socket.CloseStatus;

    public string CloseReason => _socket.CloseStatusDescription ?? "";

    public static async Task<RawClient> Connect(Uri url, string? origin = null, string subprotocol = "mev.v1")
    {
        var client = new RawClient();
        client._socket.Options.AddSubProtocol(subprotocol);
        client._socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) client._socket.Options.SetRequestHeader("Origin", origin);
        using var limit = new CancellationTokenSource(AnswerMax);
        await client._socket.ConnectAsync(new Uri($"ws://{url.Authority}/v1/stream"), limit.Token);
        return client;
    }

    /// <summary>A client that has said hello and subscribed.</summary>
    public static async Task<RawClient> Subscribed(Uri url, Subscribe request)
    {
        var client = await Connect(url);
        await client.Send(new ClientMessage { Hello = new Hello { Protocol = 1 } });
        await client.Send(new ClientMessage { Subscribe = request });
        return client;
    }

    public Task Send(ClientMessage message) => Send(ClientFrame.Of(message));

    public async Task Send(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Binary)
    {
        using var limit = new CancellationTokenSource(AnswerMax);
        await _socket.SendAsync(bytes, type, endOfMessage: true, limit.Token);
    }

    /// <summary>The next frame; null once the server has closed or cut it off.</summary>
    public async Task<IReadOnlyList<ServerMessage>?> Read()
    {
        using var limit = new CancellationTokenSource(AnswerMax);
        try
        {
            for (var length = 0; ;)
            {
                if (length == _buffer.Length) Array.Resize(ref _buffer, 2 * length);
                var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), limit.Token);
                if (received.MessageType == WebSocketMessageType.Close) return null;
                length += received.Count;
                if (received.EndOfMessage) return [.. ServerFrame.Read(_buffer.AsMemory(0, length))];
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>Messages up to the end of the connection.</summary>
    public async Task<List<ServerMessage>> ReadToEnd()
    {
        var all = new List<ServerMessage>();
        while (await Read() is { } frame) all.AddRange(frame);
        return all;
    }

    public void Dispose() => _socket.Dispose();
}
