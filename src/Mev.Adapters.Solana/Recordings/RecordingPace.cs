using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// When a batch is due: by its block time, and within the same second by its slot (400 ms each, the chain's target),
/// divided by the speed. Speed 0 means at once.
/// </summary>
internal sealed class RecordingPace(double speed, TimeProvider time)
{
    private const long SlotMs = 400;

    private readonly long _started = time.GetTimestamp();
    private readonly long _startedNs = Now(time);
    private long _dueMs;
    private long? _firstTime;
    private Slot _slot;

    /// <summary>The present, nanoseconds since 1970.</summary>
    public long NowNs() => Now(time);

    /// <summary>When the batch waited for was due; the present when there is no pace.</summary>
    public long ArrivedNs() => speed > 0 ? checked(_startedNs + (long)(_dueMs * 1e6 / speed)) : Now(time);

    /// <summary>How long to wait for a batch of a slot; zero or less when it is due.</summary>
    public TimeSpan WaitFor(Slot slot, long blockTime)
    {
        if (!(speed > 0)) return TimeSpan.Zero; // also when it is no number
        _firstTime ??= blockTime;
        var isNewSlot = _slot.Value != 0 && slot != _slot;
        _slot = slot;
        _dueMs = Math.Max(isNewSlot ? _dueMs + SlotMs : _dueMs, (blockTime - _firstTime.Value) * 1_000);
        return TimeSpan.FromMilliseconds(_dueMs / speed) - time.GetElapsedTime(_started);
    }

    private static long Now(TimeProvider time) =>
        (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * (1_000_000 / TimeSpan.TicksPerMillisecond);
}
