using Mev.Adapters.Jito.Wire;

namespace Mev.Adapters.Jito.Engines;

/// <summary>
/// Rations the requests of one egress to one region: one, and another each <see cref="JitoOptions.RequestInterval"/>.
/// Of each priority at most one waits, and a newer one takes its place: what waited longer is worth less. After a
/// refusal it is closed as long as the engine asks, else for a time that doubles.
/// </summary>
internal sealed class RequestGate : IDisposable
{
    /// <summary>A hostile answer must not close a region for good.</summary>
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly JitoOptions _options;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource<bool>?[] _waiting =
        new TaskCompletionSource<bool>?[Enum.GetValues<RequestPriority>().Length];
    private TimeSpan _openAt;
    private TimeSpan _closing;
    private long _displaced;

    public RequestGate(JitoOptions options, TimeProvider time)
    {
        (_options, _time, _start, _closing) = (options, time, time.GetTimestamp(), options.ClosedMin);
        _timer = time.CreateTimer(_ => Open(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Requests that gave way to newer ones.</summary>
    public long Displaced => Interlocked.Read(ref _displaced);

    /// <summary>True when the request may leave now; false when a newer one took its place.</summary>
    public Task<bool> Enter(RequestPriority priority, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool>? gaveWay;
        var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (Now >= _openAt && _waiting.All(other => other is null))
            {
                _openAt = Now + _options.RequestInterval;
                return Task.FromResult(true);
            }
            gaveWay = _waiting[(int)priority];
            _waiting[(int)priority] = waiter;
            Arm();
        }
        if (gaveWay?.TrySetResult(false) == true) Interlocked.Increment(ref _displaced);
        return cancellationToken.CanBeCanceled ? Watched(waiter, priority, cancellationToken) : waiter.Task;
    }

    /// <summary>What a request brought: a refusal for its rate closes the gate, a result ends the doubling.</summary>
    public void Told(EngineFailure? failure)
    {
        lock (_lock)
        {
            if (failure is null) _closing = _options.ClosedMin;
            if (failure?.Kind != EngineFailureKind.RateLimited) return;
            var closed = failure.RetryAfter ?? _closing;
            if (failure.RetryAfter is null) _closing = Min(2 * _closing, _options.ClosedMax);
            var until = Now + Min(closed, RetryAfterMax);
            if (until > _openAt) _openAt = until;
            Arm();
        }
    }

    public void Dispose() => _timer.Dispose();

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private async Task<bool> Watched(
        TaskCompletionSource<bool> waiter, RequestPriority priority, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() =>
        {
            lock (_lock)
            {
                if (_waiting[(int)priority] == waiter) _waiting[(int)priority] = null;
            }
            waiter.TrySetCanceled(cancellationToken);
        });
        return await waiter.Task.ConfigureAwait(false);
    }

    private void Open()
    {
        lock (_lock)
        {
            if (Now >= _openAt)
            {
                for (var i = 0; i < _waiting.Length; i++)
                {
                    var waiter = _waiting[i];
                    _waiting[i] = null;
                    if (waiter?.TrySetResult(true) != true) continue;
                    _openAt = Now + _options.RequestInterval;
                    break;
                }
            }
            Arm();
        }
    }

    // A timer may fire a little early: it is set anew then, never less than a millisecond ahead.
    private void Arm()
    {
        if (_waiting.All(waiter => waiter is null)) return;
        var (wait, least) = (_openAt - Now, TimeSpan.FromMilliseconds(1));
        _timer.Change(wait < least ? least : wait, Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
