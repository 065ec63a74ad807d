namespace Mev.Gateway.Commands;

/// <summary>So many records in so many seconds; what found no place is counted for the next one. Thread-safe.</summary>
internal sealed class RecordShare(int recordsMax, int seconds)
{
    private readonly Lock _gate = new();
    private long _window;
    private int _recorded;
    private ulong _unrecorded;

    /// <summary>Whether there is a place, and with it how many found none before.</summary>
    public bool TryTake(long unixSeconds, out ulong unrecorded)
    {
        lock (_gate)
        {
            var window = unixSeconds / seconds;
            if (window != _window) (_window, _recorded) = (window, 0);
            unrecorded = _unrecorded;
            if (_recorded == recordsMax)
            {
                _unrecorded++;
                return false;
            }
            _recorded++;
            _unrecorded = 0;
            return true;
        }
    }
}
