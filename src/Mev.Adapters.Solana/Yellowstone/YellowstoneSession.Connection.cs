using Grpc.Core;
using Mev.Adapters.Solana.Rpc;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Solana.Yellowstone;

/// <content>Connections: made, broken and made again.</content>
internal sealed partial class YellowstoneSession
{
    private TimeSpan _wait;

    /// <summary>
    /// Makes a connection, after the wait that the last break asks for; null when that failed. Where the server holds
    /// what was missed it sends that again; otherwise the gap is the batch's first event.
    /// </summary>
    private async Task<YellowstoneStream?> Connect(CancellationToken cancellationToken)
    {
        if (_wait > TimeSpan.Zero) await Task.Delay(_wait, _parts.Time, cancellationToken).ConfigureAwait(false);
        try
        {
            _reader.Begin(await _parts.Rpc.GetSlot(RpcCommitment.Processed, cancellationToken).ConfigureAwait(false));
            var from = await ReplayFrom(cancellationToken).ConfigureAwait(false);
            _stream = await YellowstoneStream.Open(
                _parts.Channel.Client, _subscription.Request(from), _parts.Options, _parts.Counts, _parts.Time,
                cancellationToken).ConfigureAwait(false);
            _parts.Counts.Connections++;
            if (from is not null) _anchor.Seek();
            else BeginAnew();
            LogConnected(_parts.Log, Endpoints.Shown(_parts.Options.Endpoint), from?.Value ?? 0);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested) // it ends a connection and no more
        {
            await Break(e is RpcException { Status: var status } ? $"{status.StatusCode}: {status.Detail}" : e.Message)
                .ConfigureAwait(false);
        }
        return _stream;
    }

    /// <summary>The slot to replay from; null when everything has to be read anew.</summary>
    private async Task<Slot?> ReplayFrom(CancellationToken cancellationToken)
    {
        var from = _reader.Finalized.Plus(1);
        if (!_wasComplete || !_anchor.Exists || _reader.Finalized.Value == 0) return null;
        var held = await _parts.Channel.FirstHeldSlot(cancellationToken).ConfigureAwait(false);
        return held <= from.Value ? from : null;
    }

    private void BeginAnew()
    {
        if (_needsGap)
        {
            _parts.Counts.Gaps++;
            _events.Add(FeedEvent.Gap(_events.Slot));
        }
        _anchor.Forget();
        (_needsAll, _needsGap, _wasComplete) = (true, true, false);
        _newPools.Clear();
    }

    /// <summary>The connection ended. What was to be read from the node is read again on the next one.</summary>
    private async Task Break(string reason)
    {
        _parts.Counts.Breaks++;
        _observed.Break();
        _wait = _backoff.Next();
        LogBroken(_parts.Log, reason, _wait);
        if (_anchor.IsSought) _wasComplete = false; // what was missed did not come
        if (_load is not null || _loaded is not null || _newPools.Count > 0) _wasComplete = false;
        await Close().ConfigureAwait(false);
    }

    private async Task StartOver(string reason)
    {
        _parts.Counts.SnapshotFailures++;
        _wasComplete = false;
        await Break(reason).ConfigureAwait(false);
    }

    private async Task Close()
    {
        var (stream, stop, load) = (_stream, _loadStop, _load);
        (_stream, _loadStop, _load, _loaded) = (null, null, null, null);
        if (stop is not null) await stop.CancelAsync().ConfigureAwait(false);
        if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
        if (load is not null)
        {
            await load.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default).ConfigureAwait(false); // its outcome does not count any more
        }
        stop?.Dispose();
    }

    /// <summary>Asks the node from time to time where the chain stands, so that a stream that lags is seen.</summary>
    private void AskTip(CancellationToken cancellationToken)
    {
        if (_tip is { IsCompleted: true } tip)
        {
            if (tip.IsCompletedSuccessfully && _reader.IsPlausible(tip.Result.Value)) _reader.Answered(tip.Result);
            _tip = null;
        }
        if (_tip is not null || _parts.Time.GetElapsedTime(_tipAsked) < TipInterval) return;
        _tipAsked = _parts.Time.GetTimestamp();
        _tip = _parts.Rpc.GetSlot(RpcCommitment.Processed, cancellationToken);
    }

    [LoggerMessage(3000, LogLevel.Information, "Connected to {Endpoint}; replayed from slot {From}, 0 for read anew")]
    private static partial void LogConnected(ILogger logger, string endpoint, ulong from);

    [LoggerMessage(3001, LogLevel.Warning, "The account stream broke: {Reason}; the next attempt comes in {Wait}")]
    private static partial void LogBroken(ILogger logger, string reason, TimeSpan wait);

    [LoggerMessage(3003, LogLevel.Error, "The subscription is full: no more than {Accounts} accounts, "
        + "Yellowstone:WatchedAccountsMax, or {Bytes} bytes of request, Yellowstone:RequestBytesMax; pools with "
        + "accounts beyond are not quoted: name fewer programs or pools, or raise the bound")]
    private static partial void LogFull(ILogger logger, int accounts, int bytes);

    [LoggerMessage(3002, LogLevel.Information, "{Accounts} accounts known; complete as of slot {Slot}")]
    private static partial void LogComplete(ILogger logger, int accounts, Slot slot);
}
