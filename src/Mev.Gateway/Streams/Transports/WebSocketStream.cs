using System.Buffers;
using System.Net.WebSockets;
using Mev.Streaming.Connections;
using Mev.Streaming.Frames;

namespace Mev.Gateway.Streams.Transports;

/// <summary>One client's web socket: what it sends goes to the session, what the session fills goes to it.</summary>
internal sealed class WebSocketStream(
    WebSocket socket, StreamSession session, StreamHub hub, TimeSpan sendTimeout, TimeProvider time) : IDisposable
{
    private const int FirstBufferBytes = 4 * 1024;
    private const WebSocketMessageFlags Whole =
        WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression;

    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource _sending = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Runs until either side ends.</summary>
    public async Task Run(CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, _gone.Token);
        var reading = Read(aborted);
        try
        {
            await Write(either.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            socket.Abort(); // the client is gone, or did not take a frame in time
        }
        await reading;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Dispose();
        _sending.Dispose();
    }

    private async Task Write(CancellationToken cancellationToken)
    {
        using var frame = new FrameBuffer();
        while (true)
        {
            var beat = hub.NextBeat; // before looking: what comes meanwhile is seen with it
            frame.Clear();
            await session.Fill(frame, hub.Now, cancellationToken);
            if (frame.Length > 0) await Send(frame.Written);
            if (session.Close is { } close)
            {
                await End(close);
                return;
            }
            if (!frame.IsFull && !session.HasMore) await beat.WaitAsync(cancellationToken);
        }
    }

    private async ValueTask Send(ReadOnlyMemory<byte> frame)
    {
        if (!_sending.TryReset()) _sending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _sending.CancelAfter(sendTimeout);
        await socket.SendAsync(frame, WebSocketMessageType.Binary, Whole, _sending.Token);
        _sending.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Closes with the code, and waits for the client to close too, as long as a frame may take.</summary>
    private async Task End(StreamClose close)
    {
        using var limit = new CancellationTokenSource(sendTimeout, time);
        await socket.CloseOutputAsync((WebSocketCloseStatus)close.Code, close.Reason, limit.Token);
        try
        {
            await Task.Delay(sendTimeout, time, _gone.Token);
            socket.Abort();
        }
        catch (OperationCanceledException)
        {
            // closed by both
        }
    }

    private async Task Read(CancellationToken aborted)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        try
        {
            for (var length = 0; ;)
            {
                if (length == buffer.Length) buffer = Larger(buffer);
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), aborted);
                if (received.MessageType == WebSocketMessageType.Close) break;
                length += received.Count;
                var isBad = received.MessageType != WebSocketMessageType.Binary || length > ClientFrame.BytesMax;
                if (isBad || received.EndOfMessage)
                {
                    session.Receive(isBad ? null : ClientFrame.Read(buffer.AsSpan(0, length)), hub.Now);
                    hub.Tell();
                    length = 0;
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // gone without a word
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await _gone.CancelAsync();
        }
    }

    private static byte[] Larger(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
