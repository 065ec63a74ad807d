using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// Waits until what was recorded is due: as long after the first as it was then, divided by the speed. Speed 0 means
/// at once.
/// </summary>
internal sealed class RecordingPace(double speed, TimeProvider time)
{
    /// <summary>Longest wait for one batch. A longer one, of a time that jumps, ends the feed.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromDays(1);

    private readonly long _started = time.GetTimestamp();
    private readonly long _startedNs = time.UnixNs();

    /// <summary>There are times to keep.</summary>
    public bool IsPaced => speed > 0; // no number is none

    /// <summary>The present, nanoseconds since 1970.</summary>
    public long NowNs() => time.UnixNs();

    /// <summary>
    /// Waits for what was recorded so long after the first, and answers when it was due; the present without a pace.
    /// </summary>
    /// <param name="recorded">Time after the first.</param>
    /// <param name="file">Where it stands, for the message: the file,</param>
    /// <param name="unit">what is counted in it,</param>
    /// <param name="number">and which one it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FeedException">It would be due after more than <see cref="WaitMax"/>.</exception>
    public async ValueTask<long> Until(
        TimeSpan recorded, string file, string unit, ulong number, CancellationToken cancellationToken)
    {
        if (!IsPaced) return NowNs();
        var dueMs = recorded.TotalMilliseconds / speed;
        var waitMs = dueMs - time.GetElapsedTime(_started).TotalMilliseconds;
        if (waitMs > WaitMax.TotalMilliseconds)
        {
            throw new FeedException(
                $"{file} {unit} {number}: its time is {recorded} after the first, which at speed {speed} is to be "
                + $"waited for longer than {WaitMax}. Get the recording again, or choose a higher speed.");
        }
        if (waitMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(waitMs), time, cancellationToken);
        return _startedNs + (long)(dueMs * 1e6);
    }
}
