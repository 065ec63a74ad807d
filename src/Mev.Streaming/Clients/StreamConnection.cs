using System.Net.WebSockets;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Clients;

/// <summary>One web socket of a client, with one subscription. For one caller at a time.</summary>
internal sealed class StreamConnection(Uri gateway, string ticket, TimeProvider time) : IAsyncDisposable
{
    private const string Subprotocol = "mev.v1";
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<ServerMessage> _messages = new();
    private byte[] _buffer = new byte[2 * FrameBuffer.BytesMax];

    /// <summary>How it ended.</summary>
    public string Ended { get; private set; } = "";

    /// <summary>The server's code where it closed it.</summary>
    public int? CloseCode { get; private set; }

    public async Task<bool> Open(Subscribe request, CancellationToken cancellationToken)
    {
        _socket.Options.AddSubProtocol(Subprotocol);
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        var address = new UriBuilder(new Uri(gateway, "/v1/stream"))
        {
            Scheme = gateway.Scheme == Uri.UriSchemeHttps ? "wss" : "ws",
        };
        return await Guarded(async limited =>
        {
            await _socket.ConnectAsync(address.Uri, limited);
            var hello = new Hello { Protocol = 1, Client = "mev", Ticket = ticket };
            await Send(new ClientMessage { Hello = hello }, limited);
            await Send(new ClientMessage { Subscribe = request }, limited);
            return true;
        }, cancellationToken);
    }

    /// <summary>The next message; null when the connection has ended. Pings are answered.</summary>
    public async ValueTask<ServerMessage?> Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_messages.TryDequeue(out var message))
            {
                if (message.Ping is null) return message;
                var pong = new ClientMessage { Pong = new Pong { Token = message.Ping.Token } };
                if (!await Guarded(limited => Send(pong, limited), cancellationToken)) return null;
            }
            else if (!await Guarded(Receive, cancellationToken))
            {
                return null;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> Receive(CancellationToken cancellationToken)
    {
        for (var length = 0; ;)
        {
            if (length == _buffer.Length) Array.Resize(ref _buffer, 2 * length);
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                CloseCode = (int?)_socket.CloseStatus;
                Ended = $"{CloseCode} {_socket.CloseStatusDescription}";
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return false;
            }
            length += received.Count;
            if (!received.EndOfMessage) continue;
            foreach (var message in ServerFrame.Read(_buffer.AsMemory(0, length))) _messages.Enqueue(message);
            return true;
        }
    }

    private async Task<bool> Send(ClientMessage message, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(ClientFrame.Of(message), WebSocketMessageType.Binary, true, cancellationToken);
        return true;
    }

    /// <summary>False where the connection broke or was silent for too long.</summary>
    private async Task<bool> Guarded(Func<CancellationToken, Task<bool>> act, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(SilenceMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await act(either.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or InvalidDataException)
        {
            Ended = failure.Message;
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Ended = $"nothing came for {SilenceMax.TotalSeconds} s";
            return false;
        }
    }
}
