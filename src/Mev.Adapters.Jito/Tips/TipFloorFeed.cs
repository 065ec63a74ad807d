using System.Net.WebSockets;
using Mev.Adapters.Solana;

namespace Mev.Adapters.Jito.Tips;

/// <summary>
/// Keeps <see cref="TipFloors"/> filled: by asking, and where there is one by a stream. What fails is tried again; the
/// last tips stay and grow stale.
/// </summary>
/// <param name="options">Where and how often.</param>
/// <param name="floors">What is filled.</param>
/// <param name="counts">Counts what is not understood.</param>
/// <param name="time">Waits.</param>
/// <param name="chance">Uniform numbers from 0 to 1 that spread the waits.</param>
/// <param name="ping">How often the stream's server is pinged, and how long it may take to answer.</param>
internal sealed class TipFloorFeed(
    JitoOptions options, TipFloors floors, JitoCounts counts, TimeProvider time, Func<double> chance,
    TimeSpan? ping = null)
{
    private const int BytesMax = 64 << 10;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10); // nothing waits for it

    /// <summary>Asks again and again; returns at once where nothing is configured.</summary>
    public async Task Ask(CancellationToken cancellationToken)
    {
        if (options.TipFloor is null) return;
        using var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = options.ConnectTimeout })
        {
            Timeout = Timeout.InfiniteTimeSpan, // by the injected clock
            MaxResponseContentBufferSize = BytesMax,
        };
        using var timer = new PeriodicTimer(options.TipFloorInterval, time);
        do
        {
            using var timeout = new CancellationTokenSource(AnswerTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                Take(await http.GetByteArrayAsync(options.TipFloor, either.Token).ConfigureAwait(false));
            }
            catch (HttpRequestException)
            {
                // stays stale until the next question
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // the same
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Listens again and again; returns at once where nothing is configured.</summary>
    public async Task Listen(CancellationToken cancellationToken)
    {
        if (options.TipStream is null) return;
        var backoff = new Backoff(options.ReconnectDelay, options.ReconnectDelayMax, chance);
        while (true)
        {
            try
            {
                using var socket = new ClientWebSocket();
                socket.Options.KeepAliveInterval = socket.Options.KeepAliveTimeout = ping ?? AnswerTimeout;
                await socket.ConnectAsync(options.TipStream, cancellationToken).ConfigureAwait(false);
                while (await Receive(socket, cancellationToken).ConfigureAwait(false)) backoff.Reset();
            }
            catch (WebSocketException)
            {
                // connected again below
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // the same: the server did not answer a ping
            }
            await Task.Delay(backoff.Next(), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One message; false when there is no further one, or it exceeds the bound.</summary>
    private async Task<bool> Receive(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var (buffer, length) = (new byte[BytesMax], 0);
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close) return false;
            length += part.Count;
            if (part.EndOfMessage) break;
            if (length == buffer.Length) return false;
        }
        Take(buffer.AsMemory(0, length));
        return true;
    }

    private void Take(ReadOnlyMemory<byte> body)
    {
        if (TipFloorReader.Read(body) is { } floor) floors.Take(floor);
        else counts.AnswerUnread();
    }
}
