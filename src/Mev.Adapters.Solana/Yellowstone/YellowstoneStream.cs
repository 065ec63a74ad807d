using Grpc.Core;
using Mev.Adapters.Solana.Yellowstone.Wire;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// One connection: reads into a buffer, answers pings, and ends when the server ends it or says nothing for too long.
/// </summary>
internal sealed class YellowstoneStream : IAsyncDisposable
{
    private const int PingId = 1; // what a ping of the server is answered with; own pings have higher ones

    private readonly AsyncDuplexStreamingCall<SubscribeRequest, SubscribeUpdate> _call;
    private readonly YellowstoneOptions _options;
    private readonly YellowstoneCounts _counts;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationTokenSource _ended = new(); // whoever still sends then would wait for nobody
    private readonly Dictionary<int, TaskCompletionSource> _pongs = [];
    private readonly Task _reading;
    private int _lastPing = PingId;

    private YellowstoneStream(
        AsyncDuplexStreamingCall<SubscribeRequest, SubscribeUpdate> call, YellowstoneOptions options,
        YellowstoneCounts counts, TimeProvider time)
    {
        (_call, _options, _counts, _time) = (call, options, counts, time);
        Buffer = new MessageBuffer(options.BufferedMessagesMax, options.BufferedBytesMax, counts);
        _reading = Read();
    }

    /// <summary>What was read and not yet taken; complete when the connection has ended.</summary>
    public MessageBuffer Buffer { get; }

    /// <summary>Why the connection ended, for people; empty while it lasts.</summary>
    public string End { get; private set; } = "";

    /// <summary>Opens a stream with a first request.</summary>
    /// <exception cref="RpcException">The server cannot be reached.</exception>
    public static async Task<YellowstoneStream> Open(
        Geyser.GeyserClient client, SubscribeRequest request, YellowstoneOptions options, YellowstoneCounts counts,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var stream = new YellowstoneStream(
            client.Subscribe(YellowstoneChannel.Headers(options), cancellationToken: cancellationToken),
            options, counts, time);
        try
        {
            await stream.Send(request, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return stream;
    }

    /// <summary>Replaces the filters, and waits until the server has taken them.</summary>
    /// <exception cref="RpcException">The connection ended meanwhile.</exception>
    /// <exception cref="TimeoutException">The server did not answer in time.</exception>
    public async Task Replace(SubscribeRequest request, CancellationToken cancellationToken)
    {
        await Send(request, cancellationToken).ConfigureAwait(false);
        var pong = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int id;
        lock (_pongs) _pongs.Add(id = ++_lastPing, pong);
        if (End.Length > 0) Ended(pong);
        await Send(new SubscribeRequest { Ping = new SubscribeRequestPing { Id = id } }, cancellationToken)
            .ConfigureAwait(false);
        await pong.Task.WaitAsync(_options.ConnectTimeout, _time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the connection and waits until nothing reads it any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        _call.Dispose();
        await _reading.ConfigureAwait(false);
        _closed.Dispose();
    }

    private async Task Read()
    {
        using var silence = new CancellationTokenSource(_options.SilenceMax, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, _closed.Token);
        try
        {
            while (await _call.ResponseStream.MoveNext(either.Token).ConfigureAwait(false))
            {
                silence.CancelAfter(Timeout.InfiniteTimeSpan); // waiting for room is no silence of the server
                await Take(_call.ResponseStream.Current).ConfigureAwait(false);
                silence.CancelAfter(_options.SilenceMax);
            }
            End = "the server ended the stream";
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or IOException
            or InvalidOperationException or ObjectDisposedException)
        {
            if (silence.IsCancellationRequested) _counts.Silences++;
            End = silence.IsCancellationRequested ? $"nothing came for {_options.SilenceMax}" : Reason(e);
        }
        lock (_pongs)
        {
            foreach (var pong in _pongs.Values) Ended(pong);
        }
        Buffer.Complete();
        await _ended.CancelAsync().ConfigureAwait(false);
    }

    private async ValueTask Take(SubscribeUpdate message)
    {
        if (message.UpdateOneofCase == SubscribeUpdate.UpdateOneofOneofCase.Ping)
        {
            _counts.Pings++;
            await Send(new SubscribeRequest { Ping = new SubscribeRequestPing { Id = PingId } }, _closed.Token)
                .ConfigureAwait(false);
        }
        else if (message.UpdateOneofCase == SubscribeUpdate.UpdateOneofOneofCase.Pong)
        {
            lock (_pongs)
            {
                if (_pongs.Remove(message.Pong.Id, out var pong)) pong.TrySetResult();
            }
        }
        else
        {
            await Buffer.Add(message, BytesOf(message), _time.UnixNs(), _closed.Token).ConfigureAwait(false);
        }
    }

    private async Task Send(SubscribeRequest request, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        await _sending.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            await _call.RequestStream.WriteAsync(request, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    // What a message holds beyond its account's data is small, but for transactions.
    private static int BytesOf(SubscribeUpdate message) =>
        message.UpdateOneofCase == SubscribeUpdate.UpdateOneofOneofCase.Account
            ? 512 + (message.Account.Account?.Data.Length ?? 0)
            : 512 + message.CalculateSize();

    private void Ended(TaskCompletionSource pong) =>
        pong.TrySetException(new RpcException(new Status(StatusCode.Unavailable, End)));

    private static string Reason(Exception e) =>
        e is RpcException { Status: var status } ? $"{status.StatusCode}: {status.Detail}" : e.Message;
}
